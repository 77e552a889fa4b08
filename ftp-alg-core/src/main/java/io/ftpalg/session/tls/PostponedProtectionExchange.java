package io.ftpalg.session.tls;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.ServerSecuring;
import java.util.Optional;

/**
 * PBSZ and PROT to a server that refused them before the login, once the login is accepted and before the next command of the
 * client, which asked for neither and receives no reply. A server that refuses again ends the session where its data must be
 * under TLS; elsewhere transfers of a client under PROT P are refused.
 */
public final class PostponedProtectionExchange extends Exchange implements ServerSecuring.Outcome {
    private final ServerSecuring securing;

    public PostponedProtectionExchange(SessionContext session) {
        super(session, FtpCommand.of(FtpVerb.PROT));
        this.securing = session.server().tls().dialogue(session.protection().isDataPrivate(), this);
    }

    @Override
    protected void start() {
        session.replies().await();
        securing.start();
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        securing.onLine(line);
    }

    @Override
    public void onServerSecured() {
        session.finish(this);
    }

    @Override
    public void onServerRefusesTls(String reason) {
        session.server().tls().endPostponement();
        String detail = reason + ", before the login and after it";
        if (session.server().tls().mustProtectData()) {
            session.server().reportTls(new TlsFailure(TlsFailure.Kind.REFUSED, detail));
            session.close(CloseCause.TLS_FAILED, detail, Optional.of(Replies.SERVER_WITHOUT_DATA_TLS));
            return;
        }
        session.server()
                .reportTls(new TlsFailure(TlsFailure.Kind.REFUSED, detail + ": data connections stay in the clear"));
        session.finish(this);
    }
}
