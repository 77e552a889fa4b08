package io.ftpalg.session.command;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/** QUIT: the server's reply is the last that the client receives. */
public final class QuitExchange extends PassThroughExchange {

    public QuitExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    /** A server that refuses it, such as one with an argument, stays. */
    @Override
    public void onAnswered(int code) {
        if (code / 100 != 2) {
            super.onAnswered(code);
            return;
        }
        session.close(CloseCause.QUIT, "", Optional.empty());
    }

    @Override
    public boolean onServerClosed() {
        session.close(CloseCause.QUIT, "", Optional.of(Replies.GOODBYE));
        return true;
    }
}
