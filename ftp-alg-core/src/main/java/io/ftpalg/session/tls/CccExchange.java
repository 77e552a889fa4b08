package io.ftpalg.session.tls;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;

/** CCC: the client's control connection leaves TLS, with close_notify of both ends; data stays as PROT has it (RFC 4217 section 5). */
final class CccExchange extends Exchange {

    CccExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    protected void start() {
        session.clientReplies().send(Replies.CCC_OK);
        port.stopClientTls();
    }

    @Override
    public boolean expectsReply() {
        return false;
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        // Nothing was asked of the server.
    }

    @Override
    public void onCleared() {
        session.protection().leave();
        session.finish(this);
    }
}
