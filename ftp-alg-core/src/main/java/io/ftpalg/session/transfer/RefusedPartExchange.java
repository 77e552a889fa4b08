package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.exchange.WholeReplyExchange;

/**
 * A transfer behind REST that the gateway refuses: a REST 0 of its own, whose reply the client does not receive, lets the next transfer
 * begin at the start again.
 */
final class RefusedPartExchange extends WholeReplyExchange {
    private final FtpReply refusal;

    RefusedPartExchange(SessionContext session, FtpReply refusal) {
        super(session, FtpCommand.of(FtpVerb.REST, "0"));
        this.refusal = refusal;
    }

    @Override
    protected void onReply(FtpReply reply) {
        session.restart().onReply(command, reply.code());
        session.clientReplies().answer(refusal);
        session.finish(this);
    }
}
