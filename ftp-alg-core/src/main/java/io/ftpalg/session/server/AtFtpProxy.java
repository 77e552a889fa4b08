package io.ftpalg.session.server;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.SessionActions;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Sends an FTP proxy that has greeted what comes before the client's login, one command after the other. Owned by the
 * {@link ServerConnection}, until it succeeded or failed.
 */
final class AtFtpProxy {
    private final SessionActions port;
    private final Queue<FtpCommand> left;
    private final Runnable ready;
    private final Consumer<String> refused;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private FtpVerb step = FtpVerb.USER;

    /**
     * Makes it; nothing is sent yet.
     *
     * @param ready the client's login may follow
     * @param refused the proxy refused a command, with the fact
     */
    AtFtpProxy(SessionActions port, FtpProxyLogin login, Runnable ready, Consumer<String> refused) {
        this.port = port;
        this.left = new ArrayDeque<>(login.before());
        this.ready = ready;
        this.refused = refused;
    }

    /** Sends the first command; without any, it is ready before this returns. */
    void start() {
        FtpCommand next = left.poll();
        if (next == null) {
            ready.run();
            return;
        }
        step = next.verb();
        port.toServer(next);
    }

    void onLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    private void onReply(FtpReply reply) {
        if (reply.isNegative() || step == FtpVerb.PASS && !reply.isPositive()) {
            refused.accept("the FTP proxy replied " + reply.code() + " to " + step);
        } else {
            if (step == FtpVerb.USER
                    && reply.isPositive()
                    && left.peek() != null
                    && left.peek().verb() == FtpVerb.PASS) {
                // It wants no password.
                left.remove();
            }
            start();
        }
    }
}
