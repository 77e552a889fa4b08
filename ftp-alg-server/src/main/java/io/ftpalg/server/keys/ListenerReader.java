package io.ftpalg.server.keys;

import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.server.inspect.InspectionSettings;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.inspect.InspectionKeys;
import io.ftpalg.server.policy.RuleSettings;
import io.ftpalg.server.settings.AccessSettings;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.BindSettings;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.DataSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LoginSettings;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.ftpalg.server.settings.TextSettings;
import io.ftpalg.server.settings.TransparentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes {@link ListenerSettings} of what a listener, or the command line, gives. What contradicts is checked last: a value that
 * is wrong is missing, which would be reported as well. Stateless; resolves the host's name for a certificate of its own.
 */
final class ListenerReader {

    private ListenerReader() {}

    /** Returns the settings of a listener, unless there is a problem, here or before. */
    static Optional<ListenerSettings> read(Given listener, RuleReader rules) {
        try {
            return settings(listener, rules);
        } catch (Given.Contradiction e) {
            e.report();
            return Optional.empty();
        }
    }

    private static Optional<ListenerSettings> settings(Given listener, RuleReader ruleReader) {
        BindSettings bind =
                new BindSettings(listener.all(ListenerKeys.BIND), listener.all(ListenerKeys.IMPLICIT_TLS_BIND));
        Optional<RoutingSettings> routing = RouteReader.read(listener);
        LoginSettings login = LoginReader.read(listener.section(LoginKeys.LOGIN));
        checkUsers(listener);
        Optional<TransparentSettings> transparent = TransparentReader.read(listener);
        ListenerProtocol protocol = protocol(listener);
        Optional<ProxyProtocol> proxyProtocol = ProxyHeaderKeys.received(listener);
        RuleSettings rules = ruleReader.read(listener);
        if (!listener.has(ListenerKeys.BIND) && !listener.has(ListenerKeys.IMPLICIT_TLS_BIND)) {
            listener.problem("the listener has no address: give bind or implicit-tls-bind");
        }
        if (routing.isEmpty() || listener.hasProblems()) {
            return Optional.empty();
        }
        Given tls = listener.section(ClientTlsKeys.TLS);
        ClientTlsSettings clientTls = new ClientTlsReader(tls, bind, routing.get()).read();
        ServerTlsSettings serverTls = new ServerTlsReader(
                        listener.section(ServerTlsKeys.TLS), routing.get().servers(), tls.get(ClientTlsKeys.ENGINE))
                .read();
        Optional<InspectionSettings> inspection = InspectionKeys.read(listener, clientTls);
        RuleReader.checkInspections(listener, rules, inspection);
        return Optional.of(new ListenerSettings(
                bind,
                routing.get(),
                data(listener),
                clientTls,
                serverTls,
                login,
                access(listener),
                new TextSettings(
                        listener.one(ListenerKeys.GREETING_FILE), listener.one(ListenerKeys.LIMIT_MESSAGE_FILE)),
                listener.get(ListenerKeys.TELNET),
                LimitKeys.read(listener.section(ListenerKeys.LIMITS)),
                transparent,
                protocol,
                proxyProtocol,
                rules,
                inspection));
    }

    private static DataSettings data(Given listener) {
        return new DataSettings(
                listener.one(ListenerKeys.PASSIVE_PORTS),
                RouteReader.announcedPorts(listener, ListenerKeys.PASSIVE_PORTS),
                passiveAddresses(listener),
                listener.one(ListenerKeys.ACTIVE_SOURCE_PORT),
                listener.get(ListenerKeys.DATA_CONNECT),
                words(listener, ListenerKeys.PASV_ADDRESS, PasvAddress::parse, "ignore, match, or networks"),
                words(listener, ListenerKeys.DATA_PEERS, DataPeers::parse, "same, network/24, or networks"),
                new SocketSettings(
                        Optional.empty(),
                        listener.one(ListenerKeys.SOURCE_PORTS),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        listener.one(RouteKeys.DSCP),
                        listener.one(ListenerKeys.MARK)),
                listener.offers(BandwidthKeys.LISTENER) ? BandwidthKeys.listener(listener) : BandwidthSettings.NONE);
    }

    private static List<PassiveAddress> passiveAddresses(Given listener) {
        List<PassiveAddress> all = new ArrayList<>();
        for (Given one : listener.sections(ListenerKeys.PASSIVE_ADDRESSES)) {
            one.one(ListenerKeys.PASSIVE_NETWORK)
                    .flatMap(network -> one.one(ListenerKeys.NETWORK_ADDRESS)
                            .map(address -> new PassiveAddress(network, address.host())))
                    .ifPresent(all::add);
        }
        listener.one(ListenerKeys.PASSIVE_ADDRESS).ifPresent(all::add);
        return all;
    }

    /** Returns the value of words that go together. */
    private static <T> T words(
            Given listener, Key<String> key, Function<List<String>, Optional<T>> parse, String expected) {
        List<String> given = listener.all(key);
        return parse.apply(given.isEmpty() ? List.of(key.standardValue()) : given)
                .orElseThrow(() -> listener.contradiction(
                        listener.names().of(key) + " is " + expected + ": give one of them", key));
    }

    private static AccessSettings access(Given listener) {
        Given clients = listener.section(ListenerKeys.CLIENTS);
        return new AccessSettings(
                clients.all(ListenerKeys.ALLOW),
                clients.all(ListenerKeys.DENY),
                listener.one(ListenerKeys.MAINTENANCE_FILE));
    }

    /**
     * A server that the client names would receive the password. Without users of the gateway, any client would be logged
     * in with it, and no client has a group.
     */
    private static void checkUsers(Given listener) {
        boolean hasUsers = LoginReader.hasUsers(listener.section(LoginKeys.LOGIN));
        for (Given route : listener.sections(ListenerKeys.ROUTES)) {
            boolean sendsPassword = route.has(RouteKeys.SEND_PASSWORD_FILE);
            if (sendsPassword && route.has(RouteKeys.FORWARD)) {
                route.problem(
                        "send-password-file needs a route with upstream: with forward the client chooses the server that receives the"
                                + " password",
                        RouteKeys.SEND_PASSWORD_FILE);
            } else if (sendsPassword && !hasUsers) {
                route.problem(
                        "send-password-file needs users of the gateway, since any client could log in with it: give"
                                + " login.users-file or login.ldap",
                        RouteKeys.SEND_PASSWORD_FILE);
            }
            if (route.has(RouteKeys.GROUPS) && !hasUsers) {
                route.problem(
                        "groups need users of the gateway: give login.users-file or login.ldap", RouteKeys.GROUPS);
            }
        }
    }

    /** Returns the protocol that clients begin with. */
    private static ListenerProtocol protocol(Given listener) {
        ListenerProtocol protocol = listener.get(ListenerKeys.PROTOCOL);
        if (protocol != ListenerProtocol.FTP) {
            String given = listener.names().of(ListenerKeys.PROTOCOL) + " "
                    + protocol.name().toLowerCase(Locale.ROOT);
            checkOwn(listener, given);
            checkServers(listener, given);
        }
        return protocol;
    }

    private static void checkOwn(Given listener, String protocol) {
        if (listener.has(ListenerKeys.TRANSPARENT)) {
            exclude(
                    listener,
                    ListenerKeys.TRANSPARENT,
                    protocol,
                    "clients name their server or do not know of the gateway");
        }
        if (listener.has(ListenerKeys.IMPLICIT_TLS_BIND)) {
            exclude(listener, ListenerKeys.IMPLICIT_TLS_BIND, protocol, "clients begin in the clear there");
        }
    }

    private static void checkServers(Given listener, String protocol) {
        if (listener.has(ListenerKeys.UPSTREAM)) {
            exclude(listener, ListenerKeys.UPSTREAM, protocol, "the server is the one that the client names");
        }
        for (Given route : listener.sections(ListenerKeys.ROUTES)) {
            if (route.has(RouteKeys.UPSTREAM)) {
                exclude(route, RouteKeys.UPSTREAM, protocol, "the server is the one that the client names");
            }
        }
    }

    private static void exclude(Given given, Entry other, String protocol, String reason) {
        String name = given.names().of(other);
        given.problem(
                name + " and " + protocol + " exclude each other, since " + reason + ": leave " + name + " out", other);
    }
}
