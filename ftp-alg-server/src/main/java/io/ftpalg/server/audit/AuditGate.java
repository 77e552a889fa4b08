package io.ftpalg.server.audit;

import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Refuses what could not be recorded, while a sink that must write cannot. On any event loop. */
final class AuditGate {
    private static final FtpReply NO_SESSION = FtpReply.of(421, "The gateway cannot write its audit, try again later.");
    private static final FtpReply NO_TRANSFER =
            FtpReply.of(452, "The gateway cannot write its audit, try again later.");

    private final Audit audit;

    AuditGate(Audit audit) {
        this.audit = audit;
    }

    /** Decides whether a client may have a session. */
    Optional<FtpReply> refuse(InetSocketAddress client) {
        return audit.unable().map(sink -> NO_SESSION);
    }

    /** Decides on a command: transfers only, since whoever has a session may still end it in order. */
    Verdict filter(FtpCommand command) {
        boolean transfer =
                command.verb().is(FtpVerb.Trait.UPLOAD) || command.verb().is(FtpVerb.Trait.DOWNLOAD);
        return transfer && audit.unable().isPresent() ? new Verdict.Refuse(NO_TRANSFER) : Verdict.allow();
    }
}
