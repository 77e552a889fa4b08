package io.ftpalg.session.tls;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.Digits;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.command.PassThroughExchange;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Locale;
import java.util.Set;

/** AUTH, PBSZ, PROT and CCC of the client: handled by the gateway, whatever the server does (RFC 2228, RFC 4217). */
public final class TlsRule implements CommandRule {
    /** TLS-P and SSL protect data at once, too (RFC 4217 section 17). */
    private static final Set<String> WITH_DATA = Set.of("SSL", "TLS-P");

    private static final Set<String> WITHOUT_DATA = Set.of("TLS", "TLS-C");

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        String argument = command.argument().strip().toUpperCase(Locale.ROOT);
        if (session.settings().clientTls().auth() == AuthMode.PASSTHROUGH) {
            passThrough(command, session);
            return;
        }
        switch (command.verb()) {
            case AUTH -> auth(command, argument, session);
            case PBSZ -> bufferSize(argument, session);
            case PROT -> protectData(command, argument, session);
            case CCC -> clearCommandChannel(command, session);
            default -> throw new IllegalStateException(command.verb() + " has no TLS rule");
        }
    }

    /** All of TLS is the server's, and its replies. */
    private static void passThrough(FtpCommand command, SessionContext session) {
        if (!session.state().hasServer()) {
            session.clientReplies().answer(Replies.NOT_LOGGED_IN);
        } else if (command.verb() == FtpVerb.AUTH) {
            session.open(new TransparentExchange(session, command));
        } else {
            session.open(new PassThroughExchange(session, command));
        }
    }

    private static void auth(FtpCommand command, String mechanism, SessionContext session) {
        ClientTls tls = session.settings().clientTls();
        if (tls.auth() == AuthMode.DENY) {
            session.clientReplies().answer(Replies.AUTH_DENIED);
        } else if (tls.control() == TlsUse.OFF) {
            session.clientReplies().answer(Replies.NO_TLS);
        } else if (!WITH_DATA.contains(mechanism) && !WITHOUT_DATA.contains(mechanism)) {
            session.clientReplies().answer(Replies.AUTH_UNKNOWN);
        } else if (!session.protection().isFresh()) {
            session.clientReplies().answer(Replies.ALREADY_UNDER_TLS);
        } else {
            boolean privateData = WITH_DATA.contains(mechanism) && tls.data() != TlsUse.OFF;
            session.open(new AuthExchange(session, command, privateData));
        }
    }

    private static void bufferSize(String size, SessionContext session) {
        if (!session.protection().isSecured()) {
            session.clientReplies().answer(Replies.AUTH_FIRST);
        } else if (size.length() > 10 || !Digits.only(size)) {
            session.clientReplies().answer(Replies.BAD_ARGUMENT);
        } else {
            session.protection().agreeBufferSize();
            session.clientReplies().answer(Replies.PBSZ_OK);
        }
    }

    private static void protectData(FtpCommand command, String level, SessionContext session) {
        if (!session.protection().isSecured()) {
            session.clientReplies().answer(Replies.AUTH_FIRST);
        } else {
            // Clients that skip PBSZ are let through: TLS has no other size than 0 (RFC 4217 section 9).
            switch (level) {
                case "C", "P" -> change(command, level.equals("P"), session);
                case "S", "E" -> session.clientReplies().answer(Replies.PROT_UNSUPPORTED);
                default -> session.clientReplies().answer(Replies.PROT_UNKNOWN);
            }
        }
    }

    private static void change(FtpCommand command, boolean privateData, SessionContext session) {
        TlsUse use = session.settings().clientTls().data();
        if (privateData ? use == TlsUse.OFF : use == TlsUse.REQUIRED) {
            session.clientReplies().answer(Replies.PROT_DENIED);
        } else if (privateData && session.server().tls().cannotProtectData()) {
            session.clientReplies().answer(Replies.SERVER_WITHOUT_TLS);
        } else if (session.server().tls().mirrorsData()) {
            session.open(new ProtExchange(session, command, privateData));
        } else {
            ProtExchange.protectData(privateData, session);
            session.clientReplies().answer(ProtExchange.accepted(privateData));
        }
    }

    private static void clearCommandChannel(FtpCommand command, SessionContext session) {
        if (!session.protection().isSecured()) {
            session.clientReplies().answer(Replies.NOT_UNDER_TLS);
        } else if (!session.settings().clientTls().clearCommandChannel()
                || session.settings().clientTls().control() == TlsUse.REQUIRED) {
            session.clientReplies().answer(Replies.CCC_DENIED);
        } else {
            session.open(new CccExchange(session, command));
        }
    }
}
