package io.ftpalg.session.command;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.exchange.WholeReplyExchange;
import java.util.ArrayList;
import java.util.List;

/** HELP and STAT about the session as a whole: the server's reply, with a line of the gateway about TLS before its end. */
public final class StatusExchange extends WholeReplyExchange {
    public StatusExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    protected void onReply(FtpReply reply) {
        session.clientReplies().send(reply.isPositive() ? withLine(reply) : reply);
        session.finish(this);
    }

    private FtpReply withLine(FtpReply reply) {
        List<String> lines = new ArrayList<>(reply.lines());
        boolean alone = lines.size() == 1;
        lines.add(lines.size() - (alone ? 0 : 1), " " + Features.tlsStatus(session));
        if (alone) {
            lines.add("End");
        }
        return new FtpReply(reply.code(), lines);
    }
}
