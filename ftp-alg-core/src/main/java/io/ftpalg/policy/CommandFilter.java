package io.ftpalg.policy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides on each command before anything else does. Called on the session's event loop, once a command, in order; a
 * filter that throws costs its session.
 */
@FunctionalInterface
public interface CommandFilter {

    /** Returns what becomes of the command. */
    Verdict filter(FtpCommand command);

    /** Returns the filter that this one and then the other decide: the first that does not allow wins. */
    default CommandFilter and(CommandFilter next) {
        return command -> {
            Verdict verdict = filter(command);
            return verdict instanceof Verdict.Allow ? next.filter(command) : verdict;
        };
    }

    /** Lets every command pass. */
    static CommandFilter allowAll() {
        return command -> Verdict.allow();
    }

    /** Refuses these verbs, and their X-forms, with 502. */
    static CommandFilter deny(Set<FtpVerb> verbs) {
        Set<FtpVerb> denied = verbs.stream().map(FtpVerb::standard).collect(Collectors.toUnmodifiableSet());
        return command ->
                denied.contains(command.verb().standard()) ? new Verdict.Refuse(Replies.NOT_ALLOWED) : Verdict.allow();
    }

    /**
     * Refuses the SITE commands that gave away servers: EXEC (CVE-2000-0573), CPFR and CPTO (CVE-2015-3306); also in the
     * quotes, and behind the white space, that a server may take away.
     */
    static CommandFilter safeSite() {
        Set<String> denied = Set.of("EXEC", "CPFR", "CPTO");
        return command -> {
            if (command.verb() != FtpVerb.SITE) {
                return Verdict.allow();
            }
            String unquoted = command.argument().replaceAll("[\"'\\\\]", "").strip();
            String word = unquoted.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
            return denied.contains(word) ? new Verdict.Refuse(Replies.NOT_ALLOWED) : Verdict.allow();
        };
    }
}
