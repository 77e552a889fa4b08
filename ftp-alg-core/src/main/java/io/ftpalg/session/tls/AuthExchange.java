package io.ftpalg.session.tls;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.login.FixedServerOpening;
import io.ftpalg.session.server.ServerSecuring;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AUTH that the gateway accepts: the server first, if its side follows the client's; then the reply, and the handshake.
 *
 * <p>What the client sent in the clear behind it must not count as protected, so that it ends the session (CVE-2011-1575).
 */
final class AuthExchange extends Exchange implements ServerSecuring.Outcome {
    private final boolean privateData;
    private @Nullable ServerSecuring securing;

    AuthExchange(SessionContext session, FtpCommand command, boolean privateData) {
        super(session, command);
        this.privateData = privateData;
    }

    @Override
    protected void start() {
        if (session.server().tls().followsClient() && !startsOver()) {
            securing = session.server().tls().dialogue(privateData, this);
            securing.start();
            session.replies().await();
        } else {
            accept();
        }
    }

    @Override
    public boolean expectsReply() {
        return securing != null;
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        if (securing != null) {
            securing.onLine(line);
        }
    }

    @Override
    public void onServerSecured() {
        securing = null;
        accept();
    }

    @Override
    public void onServerRefusesTls(String reason) {
        securing = null;
        session.server().reportTls(new TlsFailure(TlsFailure.Kind.REFUSED, reason));
        session.clientReplies().answer(Replies.SERVER_WITHOUT_TLS);
        session.finish(this);
    }

    /** Nothing sent in the clear counts: neither a user nor a server, which may have been injected. */
    private boolean startsOver() {
        return session.login().hasBegun()
                || session.proxyLogin().isNeeded() && session.state().hasServer();
    }

    private void accept() {
        session.timers().stop(Timers.Kind.REPLY);
        if (!session.queue().isEmpty()) {
            TlsInjection.report(session, Side.CLIENT);
            return;
        }
        session.clientReplies().send(Replies.AUTH_OK);
        port.startTls(Side.CLIENT);
    }

    @Override
    public void onSecured(Side side) {
        if (side == Side.SERVER && securing != null) {
            securing.onHandshake();
        } else if (side == Side.CLIENT) {
            session.protection().protectData(privateData);
            session.proxyLogin().forget();
            if (startsOver()) {
                FixedServerOpening.startOver(session);
            }
            session.finish(this);
        }
    }

    /** The server accepted AUTH and failed at TLS: there is no way back to a connection in the clear. */
    @Override
    public void onServerTlsFailed(String reason) {
        session.clientReplies().send(Replies.SERVER_WITHOUT_TLS);
        session.close(CloseCause.TLS_FAILED, reason, Optional.of(Replies.SERVICE_NOT_AVAILABLE));
    }
}
