package io.ftpalg.server.replay;

import io.ftpalg.server.json.JsonException;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.log.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace that {@code ftp-alg ctl trace --write} has written: a JSON object a line. Strict and bounded: the first line that is
 * wrong is named by its line and column. Used once, by one thread.
 */
public final class TraceFile {
    private static final Bounds BOUNDS = new Bounds(64 << 20, 64 << 10, 1000);

    private final Path file;
    private final Bounds bounds;
    private final Map<Long, List<RecordedLine>> sessions = new LinkedHashMap<>();
    private long last;

    /** The largest file and line, in bytes, and the most sessions. */
    record Bounds(int file, int line, int sessions) {}

    private TraceFile(Path file, Bounds bounds) {
        this.file = file;
        this.bounds = bounds;
    }

    /**
     * Returns the sessions of a file, in the order in which they begin in it; at least one.
     *
     * @throws TraceFileException if it is no trace, or has lines missing
     * @throws IOException if it cannot be read
     */
    public static List<RecordedSession> read(Path file) throws TraceFileException, IOException {
        return read(file, BOUNDS);
    }

    static List<RecordedSession> read(Path file, Bounds bounds) throws TraceFileException, IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(bounds.file() + 1);
        }
        if (bytes.length > bounds.file()) {
            throw new TraceFileException(
                    file + ": larger than " + bounds.file() + " bytes (cut out the lines of one session)");
        }
        return new TraceFile(file, bounds).sessions(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private List<RecordedSession> sessions(String text) throws TraceFileException {
        int place = 0;
        for (String line : text.split("\r?\n", -1)) {
            place++;
            if (!line.isBlank()) {
                add(place, line);
            }
        }
        if (sessions.isEmpty()) {
            throw wrong(1, 1, "no line of a trace");
        }
        List<RecordedSession> all = new ArrayList<>();
        sessions.forEach((id, lines) -> all.add(new RecordedSession(id, lines)));
        return all;
    }

    private void add(int place, String line) throws TraceFileException {
        if (line.length() > bounds.line()) {
            throw wrong(place, bounds.line() + 1, "a line is longer than " + bounds.line() + " bytes");
        }
        Map<String, Object> fields = fields(place, line);
        long n = number(place, line, fields, "n");
        if (last > 0 && n != last + 1) {
            throw wrong(
                    place,
                    column(line, "n"),
                    "n is " + n + ", not " + (last + 1) + ": lines are missing (trace the session again)");
        }
        last = n;
        long id = number(place, line, fields, "session");
        List<RecordedLine> lines = sessions.computeIfAbsent(id, unused -> new ArrayList<>());
        if (sessions.size() > bounds.sessions()) {
            throw wrong(place, column(line, "session"), "more than " + bounds.sessions() + " sessions");
        }
        lines.add(new RecordedLine(place, id, direction(place, line, fields), text(place, line, fields)));
    }

    private Map<String, Object> fields(int place, String line) throws TraceFileException {
        try {
            return JsonReader.object(line);
        } catch (JsonException e) {
            throw wrong(place, e.at() + 1, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw wrong(place, 1, String.valueOf(e.getMessage()));
        }
    }

    private long number(int place, String line, Map<String, Object> fields, String name) throws TraceFileException {
        if (field(place, fields, name) instanceof Long number && number > 0) {
            return number;
        }
        throw wrong(place, column(line, name), name + " is not a number from 1");
    }

    private Direction direction(int place, String line, Map<String, Object> fields) throws TraceFileException {
        String word = String.valueOf(field(place, fields, "direction"));
        return Direction.of(word)
                .orElseThrow(() -> wrong(
                        place,
                        column(line, "direction"),
                        "unknown direction " + Escape.quoted(word) + " (one of "
                                + Arrays.stream(Direction.values())
                                        .map(Direction::word)
                                        .collect(Collectors.joining(", "))
                                + ")"));
    }

    private String text(int place, String line, Map<String, Object> fields) throws TraceFileException {
        if (!(field(place, fields, "text") instanceof String text)) {
            throw wrong(place, column(line, "text"), "text is not a text");
        }
        if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c > 0xFF)) {
            throw wrong(place, column(line, "text"), "text has a line end, or a character that is no byte");
        }
        return text;
    }

    private @Nullable Object field(int place, Map<String, Object> fields, String name) throws TraceFileException {
        if (!fields.containsKey(name)) {
            throw wrong(place, 1, "field " + name + " is missing");
        }
        return fields.get(name);
    }

    private static int column(String line, String name) {
        return Math.max(0, line.indexOf('"' + name + '"')) + 1;
    }

    private TraceFileException wrong(int place, int column, String what) {
        return new TraceFileException(file + ":" + place + ":" + column + ": " + what);
    }
}
