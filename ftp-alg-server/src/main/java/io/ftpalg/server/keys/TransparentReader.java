package io.ftpalg.server.keys;

import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.TransparentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes {@link TransparentSettings} of what a listener gives, and reports what contradicts it. Stateless. */
final class TransparentReader {

    private TransparentReader() {}

    /** Returns the settings, if there are any. */
    static Optional<TransparentSettings> read(Given listener) {
        boolean spoofs = listener.get(ListenerKeys.SPOOF_CLIENT);
        if (!listener.has(ListenerKeys.TRANSPARENT)) {
            checkNothingNeedsIt(listener, spoofs);
            return Optional.empty();
        }
        Names names = listener.names();
        String transparent = names.of(ListenerKeys.TRANSPARENT);
        if (listener.has(ListenerKeys.PASSIVE_ADDRESS)) {
            String passiveAddress = names.of(ListenerKeys.PASSIVE_ADDRESS);
            listener.problem(
                    passiveAddress + " and " + transparent
                            + " exclude each other, since a 227 names the address that the client connected to: leave "
                            + passiveAddress + " out",
                    ListenerKeys.PASSIVE_ADDRESS);
        }
        if (spoofs && listener.has(ListenerKeys.SOURCE_ADDRESS)) {
            listener.problem(
                    names.of(ListenerKeys.SOURCE_ADDRESS) + " and " + names.of(ListenerKeys.SPOOF_CLIENT)
                            + " exclude each other, since servers see one or the other: give one of them",
                    ListenerKeys.SOURCE_ADDRESS);
        }
        Optional<TransparentMode> mode = listener.one(ListenerKeys.TRANSPARENT);
        if (mode.filter(TransparentMode.REDIRECT::equals).isPresent() && !listener.has(ListenerKeys.PASSIVE_PORTS)) {
            listener.problem(
                    transparent + " redirect needs " + names.of(ListenerKeys.PASSIVE_PORTS)
                            + ", which the rule for data connections names: give them",
                    ListenerKeys.TRANSPARENT);
        }
        return mode.map(how -> new TransparentSettings(how, spoofs));
    }

    /** Packets with the mark that brings those of clients to this host do not leave it. */
    static void checkMarks(Given program) {
        List<? extends Given> listeners = program.sections(ProgramKeys.LISTENERS);
        if (listeners.stream().noneMatch(listener -> listener.has(ListenerKeys.TRANSPARENT))) {
            return;
        }
        for (Given listener : listeners) {
            Stream.concat(Stream.of(listener), listener.sections(ListenerKeys.ROUTES).stream())
                    .filter(section -> section.one(ListenerKeys.MARK)
                            .filter(mark -> mark == TransparentSettings.MARK)
                            .isPresent())
                    .forEach(section -> section.problem(
                            section.names().of(ListenerKeys.MARK) + ' ' + TransparentSettings.MARK
                                    + " is that of transparent mode, whose packets stay on this host: give another mark",
                            ListenerKeys.MARK));
        }
    }

    private static void checkNothingNeedsIt(Given listener, boolean spoofs) {
        String transparent = listener.names().of(ListenerKeys.TRANSPARENT);
        if (spoofs) {
            String spoofClient = listener.names().of(ListenerKeys.SPOOF_CLIENT);
            listener.problem(
                    spoofClient + " needs " + transparent + ": give that, or leave " + spoofClient + " out",
                    ListenerKeys.SPOOF_CLIENT);
        }
        for (Given route : listener.sections(ListenerKeys.ROUTES)) {
            if (route.has(RouteKeys.DESTINATIONS)) {
                route.problem(
                        "destinations needs " + transparent
                                + ", since clients connect to the gateway without it: give that, or leave destinations out",
                        RouteKeys.DESTINATIONS);
            }
        }
    }

    /** Returns where the sessions of such a listener go that no route is for, unless there is a problem. */
    static Optional<RouteChoice> choice(Given listener) {
        if (listener.has(ListenerKeys.UPSTREAM)) {
            String upstream = listener.names().of(ListenerKeys.UPSTREAM);
            listener.problem(
                    upstream + " and " + listener.names().of(ListenerKeys.TRANSPARENT)
                            + " exclude each other, since the server is the one that the client connected to: leave "
                            + upstream
                            + " out, or give it in routes",
                    ListenerKeys.UPSTREAM);
            return Optional.empty();
        }
        RouteReader.checkPool(listener, ListenerKeys.UPSTREAM, ListenerKeys.BALANCE);
        List<TargetRule> allowed = listener.section(ListenerKeys.FORWARD).all(ListenerKeys.ALLOW_TARGET);
        return Optional.of(new RouteChoice.OriginalDestination(
                allowed.isEmpty() ? TargetRule.anyPublic(ports(listener)) : allowed));
    }

    private static List<PortRange> ports(Given listener) {
        List<PortRange> ports = new ArrayList<>(List.of(new PortRange(21, 21)));
        if (listener.has(ListenerKeys.IMPLICIT_TLS_BIND)) {
            ports.add(new PortRange(990, 990));
        }
        return ports;
    }
}
