package io.ftpalg.session.tls;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.exchange.WholeReplyExchange;
import java.util.Optional;

/**
 * AUTH that is the server's: once it accepts, bytes pass unseen both ways and the gateway is none any more; if it refuses,
 * all stays as it is (RFC 6384 section 5).
 *
 * <p>The handshake has the time of any other: the client must begin it and the server reply. After that only the time
 * without a byte is limited.
 */
final class TransparentExchange extends WholeReplyExchange {
    /** How far the handshake is, as far as it can be seen. */
    private enum Handshake {
        HELLO_DUE,
        ANSWER_DUE,
        BEGUN
    }

    private Handshake handshake = Handshake.HELLO_DUE;

    TransparentExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    /** The gateway cannot see whether anything is under way, so that a stop waits for all of it. */
    @Override
    public boolean transfers() {
        return session.state() == SessionState.TRANSPARENT;
    }

    @Override
    public boolean expectsReply() {
        return session.state() != SessionState.TRANSPARENT;
    }

    @Override
    protected void onReply(FtpReply reply) {
        if (reply.isNegative()) {
            session.clientReplies().send(reply);
            session.finish(this);
        } else if (!session.queue().isEmpty()) {
            TlsInjection.report(session, Side.CLIENT);
        } else {
            session.clientReplies().send(reply);
            session.data().drop();
            session.timers().stopAll();
            session.become(SessionState.TRANSPARENT);
            session.events().transparent();
            session.timers()
                    .start(
                            Timers.Kind.EXCHANGE,
                            session.limits().tlsHandshakeTimeout(),
                            () -> session.close(CloseCause.TLS_FAILED, "no handshake in time", Optional.empty()));
            port.goTransparent();
        }
    }

    @Override
    public void onPassed(Side from) {
        if (handshake == Handshake.HELLO_DUE && from == Side.CLIENT) {
            handshake = Handshake.ANSWER_DUE;
        } else if (handshake == Handshake.ANSWER_DUE && from == Side.SERVER) {
            handshake = Handshake.BEGUN;
            session.timers().stop(Timers.Kind.EXCHANGE);
        }
        if (handshake == Handshake.BEGUN) {
            session.timers()
                    .start(
                            Timers.Kind.IDLE,
                            session.limits().transparentIdleTimeout(),
                            () -> session.close(CloseCause.IDLE, "no byte in either direction", Optional.empty()));
        }
    }
}
