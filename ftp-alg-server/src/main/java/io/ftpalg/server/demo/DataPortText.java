package io.ftpalg.server.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the data port in a line of an FTP session, as readable text. */
final class DataPortText {
    private static final Pattern REPLY = Pattern.compile("(227|229)[ -].*?(\\([0-9,|]+\\)).*", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(PORT|EPRT) .*", Pattern.CASE_INSENSITIVE);

    private DataPortText() {}

    /** Returns {@code 227 (127,0,0,1,4,5)} or {@code 229 (|||1029|)} if the reply is one of these. */
    static Optional<String> ofReply(String reply) {
        Matcher matcher = REPLY.matcher(reply.strip());
        return matcher.matches() ? Optional.of(matcher.group(1) + ' ' + matcher.group(2)) : Optional.empty();
    }

    /** Returns the command if it is PORT or EPRT. */
    static Optional<String> ofCommand(String command) {
        String line = command.strip();
        return COMMAND.matcher(line).matches() ? Optional.of(line) : Optional.empty();
    }
}
