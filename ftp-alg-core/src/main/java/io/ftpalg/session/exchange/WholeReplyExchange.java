package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.ReplyGatherer;

/** A command that goes to the server as it is, and whose final reply must be seen whole. */
public abstract class WholeReplyExchange extends Exchange {
    private final ReplyGatherer gatherer = new ReplyGatherer();

    public WholeReplyExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    protected final void start() {
        port.toServer(command);
        session.replies().await();
    }

    @Override
    protected final void onServerLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    /** The server's final reply is there. */
    protected abstract void onReply(FtpReply reply);
}
