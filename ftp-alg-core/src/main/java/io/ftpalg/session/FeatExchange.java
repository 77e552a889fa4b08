package io.ftpalg.session;

import io.ftpalg.policy.ClientTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;

/** FEAT: the server's list, rebuilt; the gateway's own where the server has none. */
final class FeatExchange extends Exchange {
    private final ReplyGatherer gatherer = new ReplyGatherer();

    FeatExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void start() {
        port.toServer(command);
        session.replies().await();
    }

    @Override
    void onServerLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    private void onReply(FtpReply reply) {
        boolean unknown = reply.code() == 500 || reply.code() == 502;
        ClientTls tls = session.settings().clientTls();
        session.voice().say(reply.isPositive() ? Features.rebuilt(reply, tls) : unknown ? Features.own(tls) : reply);
        session.finish(this);
    }
}
