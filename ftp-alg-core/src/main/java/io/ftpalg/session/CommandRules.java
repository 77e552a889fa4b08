package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.command.FeatExchange;
import io.ftpalg.session.command.PassThroughExchange;
import io.ftpalg.session.command.QuitExchange;
import io.ftpalg.session.command.StatusExchange;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.login.HostRule;
import io.ftpalg.session.login.LoginDialogue;
import io.ftpalg.session.login.NoServerRule;
import io.ftpalg.session.login.PasswordRule;
import io.ftpalg.session.login.ReinExchange;
import io.ftpalg.session.login.UserRule;
import io.ftpalg.session.tls.TlsRule;
import io.ftpalg.session.transfer.DataPortRule;
import io.ftpalg.session.transfer.TransferRule;
import io.ftpalg.session.transfer.WholeFiles;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which rule a verb has: the whole table. A verb that is not in it passes to the server, and its replies back. */
final class CommandRules {
    private static final CommandRule PASS_THROUGH =
            (command, session) -> session.open(new PassThroughExchange(session, command));

    private static final CommandRule UNINSPECTED_MODES = refusing(Set.of("B", "C"), Replies.BAD_PARAMETER);

    private static final CommandRule OTHERS = unlessAlone(PASS_THROUGH);

    private static final Map<FtpVerb, CommandRule> TABLE = table();

    private CommandRules() {}

    /** Returns the rule of the verb. */
    static CommandRule of(FtpVerb verb) {
        return TABLE.getOrDefault(verb, OTHERS);
    }

    private static Map<FtpVerb, CommandRule> table() {
        Map<FtpVerb, CommandRule> table = new EnumMap<>(FtpVerb.class);
        for (FtpVerb verb : FtpVerb.values()) {
            if (verb.is(FtpVerb.Trait.REFUSED)) {
                table.put(verb, answering(Replies.NOT_ALLOWED));
            } else if (verb.is(FtpVerb.Trait.DATA_PORT)) {
                table.put(verb, unlessAlone(new DataPortRule()));
            } else if (verb.transfers()) {
                table.put(verb, unlessAlone(new TransferRule()));
            }
        }
        table.put(FtpVerb.USER, new UserRule());
        table.put(FtpVerb.PASS, new PasswordRule());
        table.put(FtpVerb.ACCT, new PasswordRule());
        table.put(FtpVerb.REIN, unlessAlone((command, session) -> session.open(new ReinExchange(session, command))));
        table.put(FtpVerb.QUIT, unlessAlone((command, session) -> session.open(new QuitExchange(session, command))));
        table.put(FtpVerb.FEAT, unlessAlone((command, session) -> session.open(new FeatExchange(session, command))));
        table.put(FtpVerb.HELP, unlessAlone(CommandRules::status));
        table.put(FtpVerb.STAT, unlessAlone(CommandRules::status));
        table.put(FtpVerb.MODE, unlessAlone(CommandRules::mode));
        table.put(FtpVerb.STRU, unlessAlone(refusing(Set.of("P"), Replies.BAD_PARAMETER)));
        for (FtpVerb verb : Set.of(FtpVerb.REST, FtpVerb.RANG, FtpVerb.COMB)) {
            table.put(verb, unlessAlone(CommandRules::part));
        }
        table.put(FtpVerb.HOST, new HostRule());
        table.put(FtpVerb.SITE, CommandRules::server);
        table.put(FtpVerb.OPEN, CommandRules::server);
        TlsRule tls = new TlsRule();
        table.put(FtpVerb.AUTH, tls);
        table.put(FtpVerb.ADAT, answering(Replies.AUTH_FIRST));
        table.put(FtpVerb.PBSZ, tls);
        table.put(FtpVerb.PROT, tls);
        table.put(FtpVerb.CCC, tls);
        table.put(FtpVerb.MIC, answering(Replies.NOT_ALLOWED));
        table.put(FtpVerb.CONF, answering(Replies.NOT_ALLOWED));
        table.put(FtpVerb.ENC, answering(Replies.NOT_ALLOWED));
        return Collections.unmodifiableMap(table);
    }

    /** Applies the rule if there is a server; without one the gateway replies itself. */
    private static CommandRule unlessAlone(CommandRule rule) {
        NoServerRule alone = new NoServerRule();
        return (command, session) -> (session.state().hasServer() ? rule : alone).apply(command, session);
    }

    private static CommandRule answering(FtpReply reply) {
        return (command, session) -> session.clientReplies().answer(reply);
    }

    /** SITE and OPEN may name a server to the gateway; else they are commands like others. */
    private static void server(FtpCommand command, SessionContext session) {
        if (new LoginDialogue(session).namesServer(command)) {
            new LoginDialogue(session).server(command);
        } else {
            OTHERS.apply(command, session);
        }
    }

    /** What the gateway adds is about the session, not about a command or a file. */
    private static void status(FtpCommand command, SessionContext session) {
        if (command.argument().isEmpty() && session.settings().clientTls().isOffered()) {
            session.open(new StatusExchange(session, command));
        } else {
            PASS_THROUGH.apply(command, session);
        }
    }

    /** What is compressed (MODE Z) cannot be inspected. */
    private static void mode(FtpCommand command, SessionContext session) {
        boolean stream = command.argument().strip().equalsIgnoreCase("S");
        if (!stream && session.settings().transfers().inspects(session.filterContext())) {
            deny(command, Replies.BAD_PARAMETER, session);
        } else {
            UNINSPECTED_MODES.apply(command, session);
        }
    }

    private static void part(FtpCommand command, SessionContext session) {
        WholeFiles.refusal(command, session)
                .ifPresentOrElse(
                        refusal -> deny(command, refusal, session), () -> PASS_THROUGH.apply(command, session));
    }

    private static void deny(FtpCommand command, FtpReply refusal, SessionContext session) {
        session.events().inspectionDenied(command, refusal);
        session.clientReplies().answer(refusal);
    }

    /** Passes the command unless its argument is one of these: what the 226 gate could not see through (RFC 959 3.4). */
    private static CommandRule refusing(Set<String> arguments, FtpReply reply) {
        return (command, session) -> {
            if (arguments.contains(command.argument().strip().toUpperCase(Locale.ROOT))) {
                session.clientReplies().answer(reply);
            } else {
                PASS_THROUGH.apply(command, session);
            }
        };
    }
}
