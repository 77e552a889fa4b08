package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PBSZ and PROT to a server that refused them before the login, once the login is accepted and before the next command of the
 * client, which asked for neither and receives no reply. A server that refuses again ends the session where its data must be
 * under TLS; elsewhere transfers of a client under PROT P are refused.
 */
final class PostponedProtectionExchange extends Exchange implements ServerSecuring.Outcome {
    private static final Logger logger = LoggerFactory.getLogger(PostponedProtectionExchange.class);

    private final ServerSecuring securing;

    PostponedProtectionExchange(SessionContext session) {
        super(session, FtpCommand.of(FtpVerb.PROT));
        this.securing = session.server().tls().dialogue(session.protection().isDataPrivate(), this);
    }

    @Override
    void start() {
        session.replies().await();
        securing.start();
    }

    @Override
    void onServerLine(ReplyLine line) {
        securing.onLine(line);
    }

    @Override
    public void onServerSecured() {
        session.finish(this);
    }

    @Override
    public void onServerRefusesTls(String reason) {
        session.server().tls().endPostponement();
        if (session.server().tls().mustProtectData()) {
            session.close(CloseCause.TLS_FAILED, reason + ", before the login and after it",
                    Optional.of(Replies.SERVER_WITHOUT_DATA_TLS));
            return;
        }
        logger.warn("[{}] data connections with the server stay in the clear: {}, before the login and after it",
                session.id(), reason);
        session.finish(this);
    }
}
