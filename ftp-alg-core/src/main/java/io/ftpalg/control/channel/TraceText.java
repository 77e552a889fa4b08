package io.ftpalg.control.channel;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes text of what passes on the control connections of one session, without its passwords: neither in a command, nor in a reply
 * that repeats one, as some servers do with a command that they do not know. Owned by the session's trace, on its loop.
 */
public final class TraceText {
    private static final String MASK = "****";
    private static final Set<String> OPEN_AUTH = Set.of("TLS", "TLS-C", "TLS-P", "SSL");

    /** How many passwords a session may have at a time: its own, that of the gateway, an account, and one more try. */
    private static final int REMEMBERED = 4;

    private final Deque<Secret> secrets = new ArrayDeque<>();

    /** Returns the lines of this message, none if it is neither a command nor a reply. */
    public List<String> of(Object message) {
        if (message instanceof FtpCommand command) {
            remember(command);
            return List.of(isOpenAuth(command) ? command.name() + ' ' + command.argument() : command.toString());
        }
        if (message instanceof MalformedCommand malformed) {
            return List.of(
                    "<" + malformed.flaw().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ">");
        }
        if (message instanceof ReplyLine line) {
            return List.of(masked(line.wire()));
        }
        if (message instanceof FtpReply reply) {
            return reply.split().stream().map(line -> masked(line.wire())).toList();
        }
        return List.of();
    }

    /** A mechanism, and no token. */
    private static boolean isOpenAuth(FtpCommand command) {
        return command.verb() == FtpVerb.AUTH
                && OPEN_AUTH.contains(command.argument().toUpperCase(Locale.ROOT));
    }

    private void remember(FtpCommand command) {
        boolean password = command.verb() == FtpVerb.PASS || command.verb() == FtpVerb.ACCT;
        if (password && !command.argument().isEmpty()) {
            Secret secret = Secret.of(command.argument());
            if (!secrets.contains(secret)) {
                if (secrets.size() == REMEMBERED) {
                    secrets.removeFirst();
                }
                secrets.addLast(secret);
            }
        }
    }

    private String masked(String reply) {
        String shown = reply;
        for (Secret secret : secrets) {
            shown = masked(shown, secret.reveal());
        }
        return shown;
    }

    /** Only where it stands alone: a short one would be shown by where else the text is masked. */
    private static String masked(String text, String secret) {
        int at = text.indexOf(secret);
        if (at < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int copied = 0;
        for (; at >= 0; at = text.indexOf(secret, at + 1)) {
            if (at >= copied && isWord(text, at, at + secret.length())) {
                shown.append(text, copied, at).append(MASK);
                copied = at + secret.length();
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static boolean isWord(String text, int from, int to) {
        return (from == 0
                        || !Character.isLetterOrDigit(text.charAt(from - 1))
                        || !Character.isLetterOrDigit(text.charAt(from)))
                && (to == text.length()
                        || !Character.isLetterOrDigit(text.charAt(to))
                        || !Character.isLetterOrDigit(text.charAt(to - 1)));
    }
}
