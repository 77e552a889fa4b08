package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;

/** RETR, STOR and the other commands that move data: they need a data port that was agreed before. */
final class TransferRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, FtpSession session) {
        session.data().plan().ifPresentOrElse(
                plan -> apply(command, session, plan), () -> session.voice().answer(Replies.NO_DATA_PORT));
    }

    /** What PROT says when the transfer begins is what counts, whenever the data port was agreed (RFC 4217 section 8). */
    private static void apply(FtpCommand command, FtpSession session, DataPlan plan) {
        boolean clientPrivate = session.protection().isDataPrivate();
        if (!clientPrivate && session.settings().clientTls().data().isDemandedOf(session.login().user())) {
            session.voice().answer(Replies.DATA_TLS_DEMANDED);
        } else if (clientPrivate && session.server().tls().leavesDataClear()) {
            session.voice().answer(Replies.SERVER_DATA_CLEAR);
        } else {
            plan.protect(clientPrivate, session.server().tls().isDataPrivate());
            session.open(new TransferExchange(session, command, plan));
        }
    }
}
