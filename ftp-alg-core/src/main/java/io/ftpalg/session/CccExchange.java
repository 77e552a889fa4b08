package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;

/** CCC: the client's control connection leaves TLS, both ends saying so; data stays as PROT has it (RFC 4217 section 5). */
final class CccExchange extends Exchange {

    CccExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void start() {
        session.clientReplies().send(Replies.CCC_OK);
        port.stopClientTls();
    }

    @Override
    public boolean expectsReply() {
        return false;
    }

    @Override
    void onServerLine(ReplyLine line) {
        // Nothing was asked of the server.
    }

    @Override
    void onCleared() {
        session.protection().leave();
        session.finish(this);
    }
}
