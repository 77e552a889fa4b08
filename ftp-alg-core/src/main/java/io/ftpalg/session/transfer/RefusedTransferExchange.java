package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;

/**
 * A transfer that the server has announced and the gateway refuses: the client gets the gateway's reply, the server an ABOR,
 * and what the server replies to both commands is dropped (RFC 959 section 4.1.3).
 */
final class RefusedTransferExchange extends Exchange {
    private final FtpReply reply;
    /** The final replies to the transfer and to ABOR. */
    private int due = 2;

    RefusedTransferExchange(SessionContext session, FtpCommand command, FtpReply reply) {
        super(session, command);
        this.reply = reply;
    }

    @Override
    protected void start() {
        session.timers().stop(Timers.Kind.REPLY);
        session.data().abort();
        port.toServerUrgently(FtpCommand.of(FtpVerb.ABOR));
        session.clientReplies().answer(reply);
        if (session.state().isOver()) {
            return;
        }
        session.timers().start(Timers.Kind.EXCHANGE, session.limits().abortGrace(), () -> {
            session.replies().owe(due);
            session.finish(this);
        });
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        if (line.ends() && line.code() / 100 != 1 && --due == 0) {
            session.finish(this);
        }
    }
}
