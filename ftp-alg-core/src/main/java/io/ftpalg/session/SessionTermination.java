package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/** How a session ends: its cause, its final reply, and the relay whose end is awaited. Owned by the session. */
final class SessionTermination implements SessionLifecycle.Closer {
    private final SessionContext session;
    private CloseCause cause = CloseCause.INTERNAL_ERROR;
    private String detail = "";

    SessionTermination(SessionContext session) {
        this.session = session;
    }

    /** Cuts what runs, sends the final reply, and closes both control connections, once no relay runs. */
    @Override
    public void close(CloseCause why, String reason, Optional<FtpReply> lastWord) {
        if (session.state().isOver()) {
            return;
        }
        Exchange cut = session.inFlight();
        boolean quits = session.state().hasServer() && cut == null && isOurs(why);
        boolean transparent = session.state() == SessionState.TRANSPARENT;
        session.become(SessionState.CLOSING);
        cause = why;
        detail = reason;
        session.timers().stopAll();
        session.queue().clear();
        session.login().attempt().onClosing(why);
        if (cut != null) {
            cut.onClosing(lastWord.isPresent());
        }
        if (!transparent) {
            lastWord.ifPresent(session.clientReplies()::sendLast);
        }
        if (quits) {
            session.port().toServer(FtpCommand.of(FtpVerb.QUIT));
        }
        if (cut == null || !cut.relays()) {
            end();
        }
    }

    /**
     * Returns whether it is the gateway that ends the session: then it sends QUIT to the server. A client that just closes is
     * just closed towards the server too, which must not log a QUIT that the client did not send.
     */
    private static boolean isOurs(CloseCause why) {
        return switch (why) {
            case CLIENT_LOST, SERVER_LOST, SERVER_REFUSED -> false;
            default -> true;
        };
    }

    /** The relay that was awaited, if any, ended. */
    void onTransferEnded() {
        if (session.state() == SessionState.CLOSING) {
            end();
        }
    }

    private void end() {
        session.data().abort();
        session.server().leave();
        session.become(SessionState.CLOSED);
        session.commands().clear();
        session.events().closed(session.server().address(), cause, detail);
        session.port().close();
    }
}
