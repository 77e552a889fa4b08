package io.ftpalg.session.base;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a session stands with its server.
 *
 * <pre>
 *  NEW -> ROUTING -> CONNECTING -> GREETING -> (SECURING) -> LOGIN -> READY
 *    \      ^  ^         ^___________/   the next server         /  \     /  |
 *     \     |  |________________________________________________/    <---'   |   USER for another server
 *      v    |                                                                |   REIN, USER
 *   NO_SERVER <-------------------------------------------------- (both)     |   REIN or AUTH, where logins are awaited
 *                                                                            |
 *     any server -> TRANSPARENT          any ---------> CLOSING -> CLOSED <--'
 * </pre>
 */
public enum SessionState {
    /** Made, not started. */
    NEW,
    /** The client must name the server first; the gateway replies to some commands itself. */
    NO_SERVER,
    /** The router was asked. */
    ROUTING,
    /** The server's control connection is being made. */
    CONNECTING,
    /** The server has not greeted yet. */
    GREETING,
    /** The server's side is being brought under TLS. */
    SECURING,
    /** The server is there, the login is not accepted. */
    LOGIN,
    /** The login is accepted. */
    READY,
    /** Bytes pass unseen. */
    TRANSPARENT,
    /** The last reply is sent; a running transfer is being cut. */
    CLOSING,
    /** Over. */
    CLOSED;

    /** Returns whether this step is in the table. */
    boolean mayBecome(SessionState next) {
        return next == CLOSING
                ? this != CLOSED && this != CLOSING
                : successors().contains(next);
    }

    private Set<SessionState> successors() {
        return switch (this) {
            case NEW -> EnumSet.of(ROUTING, NO_SERVER);
            case NO_SERVER -> EnumSet.of(ROUTING);
            case ROUTING -> EnumSet.of(CONNECTING);
            case CONNECTING -> EnumSet.of(CONNECTING, GREETING);
            case GREETING -> EnumSet.of(CONNECTING, SECURING, LOGIN);
            case SECURING -> EnumSet.of(LOGIN);
            case LOGIN -> EnumSet.of(READY, ROUTING, NO_SERVER, TRANSPARENT);
            case READY -> EnumSet.of(LOGIN, ROUTING, NO_SERVER, TRANSPARENT);
            case TRANSPARENT -> EnumSet.noneOf(SessionState.class);
            case CLOSING -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(SessionState.class);
        };
    }

    /** Returns whether the next command of the client may be taken up. */
    public boolean takesCommands() {
        return this == NO_SERVER || hasServer();
    }

    /** Returns whether commands can be sent to a server. */
    public boolean hasServer() {
        return this == LOGIN || this == READY;
    }

    /** Returns whether nothing more is to be done. */
    public boolean isOver() {
        return this == CLOSING || this == CLOSED;
    }
}
