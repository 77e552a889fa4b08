package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Side;

/**
 * AUTH that is the server's: once it accepts, bytes pass unseen both ways and the gateway is none any more; if it refuses,
 * all stays as it is (RFC 6384 section 5).
 */
final class TransparentExchange extends WholeReplyExchange {
    TransparentExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    /** The gateway cannot see whether anything is under way, so that a stop waits for all of it. */
    @Override
    boolean transfers() {
        return session.state() == SessionState.TRANSPARENT;
    }

    @Override
    boolean expectsReply() {
        return session.state() != SessionState.TRANSPARENT;
    }

    @Override
    void onReply(FtpReply reply) {
        if (reply.isNegative()) {
            session.voice().say(reply);
            session.finish(this);
        } else if (session.turn().hasWaiting()) {
            session.tls().onInjection(Side.CLIENT);
        } else {
            session.voice().say(reply);
            session.data().drop();
            session.timers().stopAll();
            session.become(SessionState.TRANSPARENT);
            session.events().transparent();
            port.goTransparent();
        }
    }
}
