package io.ftpalg.session.command;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.exchange.WholeReplyExchange;
import java.util.List;
import java.util.function.BiConsumer;

/** A command that the gateway itself sends, because a verdict depends on its reply; the client receives nothing of it. */
public final class QuestionExchange extends WholeReplyExchange {
    private final BiConsumer<QuestionExchange, FtpReply> answered;

    /**
     * Makes the exchange.
     *
     * @param answered receives the final reply, and finishes the exchange
     */
    public QuestionExchange(
            SessionContext session, FtpCommand question, BiConsumer<QuestionExchange, FtpReply> answered) {
        super(session, question);
        this.answered = answered;
    }

    @Override
    protected void onReply(FtpReply reply) {
        List<ReplyLine> lines = reply.split();
        session.directory().onReply(command, lines.get(lines.size() - 1));
        answered.accept(this, reply);
    }
}
