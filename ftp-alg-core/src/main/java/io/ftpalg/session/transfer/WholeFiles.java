package io.ftpalg.session.transfer;

import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.exchange.RestartPoint;
import io.ftpalg.session.exchange.SessionContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Refuses parts of files where {@link TransferPolicy#allowsParts} does not allow them. */
public final class WholeFiles {
    private WholeFiles() {}

    /**
     * Returns the reply to a command that the server may not have because of that: a REST or RANG that no transfer may use, APPE, COMB,
     * and a file behind a REST that transfers of the other direction may use.
     */
    public static Optional<FtpReply> refusal(FtpCommand command, SessionContext session) {
        boolean refused =
                switch (command.verb()) {
                    case REST, RANG ->
                        !RestartPoint.isStart(command)
                                && !allows(Side.CLIENT, session)
                                && !allows(Side.SERVER, session);
                    case APPE, COMB -> !allows(Side.CLIENT, session);
                    case STOR, STOU -> session.restart().isSet() && !allows(Side.CLIENT, session);
                    case RETR -> session.restart().isSet() && !allows(Side.SERVER, session);
                    default -> false;
                };
        return refused ? Optional.of(Replies.WHOLE_FILES_ONLY) : Optional.empty();
    }

    /** Returns the reply to a command with data that the gateway does not know: they may be a part (ERET, ESTO). */
    static Optional<FtpReply> refusalOfUnknown(SessionContext session) {
        return allows(Side.CLIENT, session) && allows(Side.SERVER, session)
                ? Optional.empty()
                : Optional.of(Replies.WHOLE_FILES_ONLY);
    }

    /** Returns the features that the server may have, and the session has not. */
    public static Set<String> withheldFeatures(SessionContext session) {
        Set<String> withheld = new HashSet<>();
        boolean uploads = allows(Side.CLIENT, session);
        boolean downloads = allows(Side.SERVER, session);
        if (!uploads && !downloads) {
            withheld.addAll(Set.of(FtpVerb.REST.name(), FtpVerb.RANG.name()));
        }
        if (!uploads) {
            withheld.addAll(Set.of(FtpVerb.APPE.name(), FtpVerb.COMB.name()));
        }
        if (!uploads || !downloads) {
            withheld.addAll(Set.of("ERET", "ESTO"));
        }
        return withheld;
    }

    private static boolean allows(Side sender, SessionContext session) {
        return session.settings().transfers().allowsParts(sender, session.filterContext());
    }
}
