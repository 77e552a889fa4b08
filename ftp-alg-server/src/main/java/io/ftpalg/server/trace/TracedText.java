package io.ftpalg.server.trace;

import io.ftpalg.live.TraceLine;
import io.ftpalg.server.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line of a trace, as it is shown and stored. Immutable.
 *
 * @param session the session's id
 * @param at when
 * @param direction {@code from-client}, {@code to-client}, {@code to-server}, {@code from-server} or {@code event}
 * @param text the line
 */
record TracedText(long session, Instant at, String direction, String text) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static TracedText of(TraceLine line) {
        return new TracedText(
                line.session(),
                line.at(),
                line.direction().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                line.text());
    }

    static TracedText event(long session, String text) {
        return new TracedText(session, Instant.now(), "event", text);
    }

    /** Returns the line as JSON, with its number in the trace. */
    String json(long n) {
        return Json.object()
                .put("n", n)
                .put("at", TIME.format(at))
                .put("session", session)
                .put("direction", direction)
                .put("text", text)
                .toString();
    }
}
