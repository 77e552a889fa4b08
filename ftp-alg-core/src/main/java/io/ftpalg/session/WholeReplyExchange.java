package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;

/** A command that goes to the server as it is, and whose final reply must be seen whole. */
abstract class WholeReplyExchange extends Exchange {
    private final ReplyGatherer gatherer = new ReplyGatherer();

    WholeReplyExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    final void start() {
        port.toServer(command);
        session.replies().await();
    }

    @Override
    final void onServerLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    /** The server's final reply is there. */
    abstract void onReply(FtpReply reply);
}
