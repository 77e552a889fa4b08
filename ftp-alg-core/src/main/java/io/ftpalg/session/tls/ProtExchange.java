package io.ftpalg.session.tls;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.ServerSecuring;

/** PROT where the server's data connections follow the client's: accepted only if the server accepts it too. */
final class ProtExchange extends Exchange implements ServerSecuring.Outcome {
    private final boolean privateData;
    private final ServerSecuring securing;

    ProtExchange(SessionContext session, FtpCommand command, boolean privateData) {
        super(session, command);
        this.privateData = privateData;
        this.securing = session.server().tls().dialogue(privateData, this);
    }

    @Override
    protected void start() {
        // Nothing may be left to agree on: then this exchange is over when start() returns.
        session.replies().await();
        securing.start();
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        securing.onLine(line);
    }

    @Override
    public void onServerSecured() {
        protectData(privateData, session);
        session.clientReplies().answer(accepted(privateData));
        session.finish(this);
    }

    @Override
    public void onServerRefusesTls(String reason) {
        session.clientReplies().answer(Replies.PROT_DENIED);
        session.finish(this);
    }

    /** The level is accepted: what the kernel was to carry in the clear is not to be carried any more under TLS. */
    static void protectData(boolean privateData, SessionContext session) {
        session.protection().protectData(privateData);
        if (privateData) {
            session.data().withdrawOffload();
        }
    }

    /** Returns the reply to a PROT that is accepted. */
    static FtpReply accepted(boolean privateData) {
        return privateData ? Replies.PROT_P_OK : Replies.PROT_C_OK;
    }
}
