package io.ftpalg.server.replay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One session of a trace. Immutable.
 *
 * @param id the session's id
 * @param lines its lines in the order of the trace, at least one
 */
public record RecordedSession(long id, List<RecordedLine> lines) {
    private static final Pattern CLOSED = Pattern.compile("session closed cause=([A-Z_]{1,40})");
    /** What a session can begin with: a greeting, or a refusal. */
    private static final Pattern GREETING = Pattern.compile("(120|220|4\\d\\d|5\\d\\d)([ -].*)?", Pattern.DOTALL);

    public RecordedSession {
        lines = List.copyOf(lines);
    }

    /** Returns the first line of its dialogue if that is no greeting: the trace began while the session ran. */
    Optional<RecordedLine> midSession() {
        return lines.stream()
                .filter(line -> line.direction() != Direction.EVENT)
                .findFirst()
                .filter(line ->
                        !line.isReply() || !GREETING.matcher(line.text()).matches());
    }

    /** Returns whether there is a dialogue at all. */
    boolean hasDialogue() {
        return lines.stream().anyMatch(line -> line.direction() != Direction.EVENT);
    }

    /** Returns whether a side of it was under TLS. */
    boolean isUnderTls() {
        return lines.stream()
                .anyMatch(line ->
                        line.direction() == Direction.EVENT && line.text().startsWith("tls side="));
    }

    /** Returns why it was closed, if that is in the trace. */
    Optional<String> closeCause() {
        return lines.stream()
                .filter(line -> line.direction() == Direction.EVENT)
                .map(line -> CLOSED.matcher(line.text()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Returns whether this side named data ports of IPv6. */
    boolean isIpv6(Direction commands) {
        return lines.stream()
                .anyMatch(line -> line.direction() == commands && line.text().startsWith("EPRT |2|"));
    }
}
