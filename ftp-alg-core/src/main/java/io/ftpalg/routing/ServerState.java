package io.ftpalg.routing;

import io.ftpalg.protocol.HostPort;

/**
 * How one server of a pool is at one moment.
 *
 * @param server the server
 * @param sessions how many sessions of this pool are at it, or on their way to it
 * @param health whether it gets new sessions
 * @param failures how many failures there were in a row, of sessions or of checks, whichever are more
 * @param byOperator whether it is ejected because an operator wants that, and not for its failures
 */
public record ServerState(HostPort server, int sessions, Health health, int failures, boolean byOperator) {

    /** Makes the state of one that no operator ejected. */
    public ServerState(HostPort server, int sessions, Health health, int failures) {
        this(server, sessions, health, failures, false);
    }

    /** Whether a server gets new sessions. */
    public enum Health {
        /** Its full share. */
        HEALTHY,
        /** None, unless no other can be reached; if an operator ejected it, none at all. */
        EJECTED,
        /** A growing share: it was ejected not long ago. */
        RETURNING
    }
}
