package io.ftpalg.session.login;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/**
 * Why there is no server, where the client chose it: it gets the same reply for each reason, when the time for all steps together is
 * over, so that the gateway does not serve as a port scanner.
 *
 * @param cause the reason
 * @param detail more of it, for the log only
 */
record ConnectFailure(CloseCause cause, String detail) {
    /** The reason as long as nothing has failed. */
    static final ConnectFailure NO_GREETING = new ConnectFailure(CloseCause.SERVER_UNREACHABLE, "no greeting in time");

    /** The time is over. */
    void close(SessionContext session) {
        session.close(cause, detail, Optional.of(Replies.SERVICE_NOT_AVAILABLE));
    }
}
