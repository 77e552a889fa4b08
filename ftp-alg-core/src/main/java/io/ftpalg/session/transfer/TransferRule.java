package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.DataPlan;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.ServerProtection;
import java.util.Optional;

/**
 * RETR, STOR and the other commands that move data. Without a data port the server replies itself (550, 530, 503, 450, 425),
 * unless the gateway gave up the port that the server may still hold on to.
 */
public final class TransferRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        Optional<FtpReply> part = WholeFiles.refusal(command, session);
        if (part.isPresent()) {
            refusePart(command, part.get(), session);
            return;
        }
        Optional<FtpReply> repeated = session.rejected().refusal(command);
        if (repeated.isPresent()) {
            session.events().inspectionDenied(command, repeated.get());
            session.clientReplies().answer(repeated.get());
            return;
        }
        if (session.protection().isDataPrivate() || session.server().tls().isDataPrivate()) {
            session.data().withdrawOffload();
        }
        Optional<DataPlan> plan = session.data().plan();
        if (plan.isPresent()) {
            refusal(session).ifPresentOrElse(session.clientReplies()::answer, () -> {
                protect(plan.get(), session);
                session.open(new TransferExchange(session, command, plan.get()));
            });
        } else {
            session.data()
                    .refusal()
                    .ifPresentOrElse(
                            session.clientReplies()::answer,
                            () -> session.open(new PortlessTransferExchange(session, command)));
        }
    }

    private static void refusePart(FtpCommand command, FtpReply reply, SessionContext session) {
        session.events().inspectionDenied(command, reply);
        if (session.restart().isSet()) {
            session.open(new RefusedPartExchange(session, reply));
        } else {
            session.clientReplies().answer(reply);
        }
    }

    /** The server announced the data of a command that does not usually transfer any: from here on it is a transfer. */
    public static void onAnnounced(FtpCommand command, SessionContext session, DataPlan plan) {
        Optional<FtpReply> refusal = refusal(session);
        Optional<FtpReply> part = WholeFiles.refusalOfUnknown(session);
        if (refusal.isPresent()) {
            session.replace(new RefusedTransferExchange(session, command, refusal.get()));
        } else if (part.isPresent()) {
            session.events().inspectionDenied(command, part.get());
            session.replace(new RefusedTransferExchange(session, command, part.get()));
        } else {
            protect(plan, session);
            session.replace(TransferExchange.announced(session, command, plan));
        }
    }

    /** Returns the reply to a transfer that must be under TLS and would not be. */
    static Optional<FtpReply> refusal(SessionContext session) {
        boolean clientPrivate = session.protection().isDataPrivate();
        if (!clientPrivate
                && session.settings()
                        .clientTls()
                        .data()
                        .isDemandedOf(session.login().user())) {
            return Optional.of(Replies.DATA_TLS_DEMANDED);
        }
        ServerProtection server = session.server().tls();
        return (clientPrivate || server.mustProtectData()) && server.leavesDataClear()
                ? Optional.of(Replies.SERVER_DATA_CLEAR)
                : Optional.empty();
    }

    /** The level of PROT when the transfer begins counts, whenever the data port was agreed (RFC 4217 section 8). */
    private static void protect(DataPlan plan, SessionContext session) {
        plan.protect(
                session.protection().isDataPrivate(), session.server().tls().isDataPrivate());
    }
}
