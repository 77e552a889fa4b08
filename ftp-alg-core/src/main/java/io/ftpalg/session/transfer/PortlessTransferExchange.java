package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;

/**
 * A transfer command that no data port was agreed for: the server refuses it, with the best reason. If it announces data all the
 * same, there is nowhere to take them from or to, and the transfer is refused (425).
 */
final class PortlessTransferExchange extends Exchange {
    private final ReplyGatherer gatherer = new ReplyGatherer();

    PortlessTransferExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    protected void start() {
        port.toServer(command);
        session.replies().expectMark();
        session.replies().await();
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        gatherer.add(line).ifPresent(this::onReply);
    }

    private void onReply(FtpReply reply) {
        if (reply.isPreliminary()) {
            session.replace(new RefusedTransferExchange(session, command, Replies.NO_DATA_PORT));
            return;
        }
        boolean unproven = reply.isPositive() && command.verb().is(FtpVerb.Trait.UPLOAD);
        session.clientReplies().send(unproven ? Replies.NO_DATA_PORT : reply);
        session.clientReplies().countBadCommand(reply.code());
        if (reply.isPositive()) {
            session.replies().expectLateMark();
        }
        session.finish(this);
    }
}
