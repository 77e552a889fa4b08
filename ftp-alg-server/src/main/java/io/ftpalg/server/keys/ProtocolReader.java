package io.ftpalg.server.keys;

import io.ftpalg.policy.ListenerProtocol;
import java.util.Locale;

/** Reads the protocol of a listener, and reports what contradicts it. Stateless. */
final class ProtocolReader {

    private ProtocolReader() {}

    /** Returns the protocol that clients begin with. */
    static ListenerProtocol read(Given listener) {
        ListenerProtocol protocol = listener.get(ListenerKeys.PROTOCOL);
        if (protocol != ListenerProtocol.FTP) {
            String given = listener.names().of(ListenerKeys.PROTOCOL) + " "
                    + protocol.name().toLowerCase(Locale.ROOT);
            checkListener(listener, given);
            checkServers(listener, given);
        }
        return protocol;
    }

    private static void checkListener(Given listener, String protocol) {
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
