package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.Optional;

/** How a session ends: its cause, its last word, and the relay whose end is awaited. Owned by the session. */
final class Closing {
    private final FtpSession session;
    private CloseCause cause = CloseCause.INTERNAL_ERROR;
    private String detail = "";

    Closing(FtpSession session) {
        this.session = session;
    }

    /** Cuts what runs, says the last word, and closes both control connections, once no relay runs. */
    void begin(CloseCause why, String reason, Optional<FtpReply> lastWord) {
        if (session.state().isOver()) {
            return;
        }
        Exchange cut = session.inFlight();
        boolean polite = session.state().hasServer() && cut == null && why != CloseCause.SERVER_LOST;
        boolean transparent = session.state() == SessionState.TRANSPARENT;
        session.become(SessionState.CLOSING);
        cause = why;
        detail = reason;
        session.timers().stopAll();
        session.turn().clear();
        if (cut != null) {
            cut.onClosing(lastWord.isPresent());
        }
        if (!transparent) {
            lastWord.ifPresent(session.voice()::lastWord);
        }
        if (polite) {
            session.port().toServer(FtpCommand.of(FtpVerb.QUIT));
        }
        if (cut == null || !cut.relays()) {
            end();
        }
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
        session.events().closed(session.server().address(), cause, detail);
        session.port().close();
    }
}
