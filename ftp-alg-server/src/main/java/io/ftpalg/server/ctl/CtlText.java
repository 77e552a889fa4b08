package io.ftpalg.server.ctl;

import io.ftpalg.server.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the commands print for people: tables of what the API sends. Only printable ASCII, whatever peers sent. Stateless. */
public final class CtlText {
    private CtlText() {}

    /** A column: its heading, and its field. */
    public record Column(String heading, String field) {
        /** Makes one. */
        public static Column of(String heading, String field) {
            return new Column(heading, field);
        }
    }

    /** Returns the objects of a list in a body. */
    public static List<Map<String, Object>> rows(Map<String, Object> body, String name) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (body.get(name) instanceof List<?> list) {
            list.forEach(row -> rows.add(JsonReader.asObject(row)));
        }
        return rows;
    }

    /** Returns the lines of a table, its headings first. */
    public static List<String> table(List<Map<String, Object>> rows, List<Column> columns) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::heading).toList());
        rows.forEach(row -> cells.add(columns.stream()
                .map(column -> cell(column.field(), row.get(column.field())))
                .toList()));
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                text.append(line.get(i));
                if (i < columns.size() - 1) {
                    text.append(" ".repeat(width(cells, i) - line.get(i).length() + 2));
                }
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    /** Returns a value as people read it: bytes in units, times in seconds. */
    static String cell(String field, @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Number number) {
            if (field.startsWith("bytes")) {
                return bytes(number.doubleValue()) + (field.endsWith("PerSecond") ? "/s" : "");
            }
            if (field.toLowerCase(Locale.ROOT).endsWith("seconds")) {
                return time(number.longValue());
            }
        }
        return safe(String.valueOf(value));
    }

    static String bytes(double count) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
        int unit = 0;
        double value = count;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? (long) value + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    static String time(long seconds) {
        return seconds < 60
                ? seconds + "s"
                : seconds < 3600
                        ? seconds / 60 + "m" + seconds % 60 + "s"
                        : seconds < 86_400
                                ? seconds / 3600 + "h" + seconds % 3600 / 60 + "m"
                                : seconds / 86_400 + "d" + seconds % 86_400 / 3600 + "h";
    }

    /** A terminal obeys what it is sent: peers must not write to it. */
    public static String safe(String text) {
        return text.chars()
                .mapToObj(
                        c -> c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\x%02x", c))
                .collect(Collectors.joining());
    }

    static List<String> status(Map<String, Object> status) {
        Map<String, Object> totals = JsonReader.asObject(status.get("totals"));
        Map<String, Object> now = JsonReader.asObject(status.get("throughput"));
        List<String> lines = new ArrayList<>();
        lines.add("ftp-alg " + safe(String.valueOf(status.get("version"))) + " " + status.get("state") + ", up "
                + cell("uptimeSeconds", status.get("uptimeSeconds")));
        lines.add("sessions   " + status.get("sessions") + " live, " + totals.get("sessions") + " in all, "
                + totals.get("refused") + " refused");
        lines.add("transfers  " + status.get("transfers") + " running, " + totals.get("transfers") + " finished, "
                + totals.get("failedTransfers") + " failed");
        lines.add("to clients " + cell("bytesPerSecond", now.get("bytesToClientPerSecond")) + ", "
                + cell("bytes", totals.get("bytesToClient")) + " in all");
        lines.add("to servers " + cell("bytesPerSecond", now.get("bytesToServerPerSecond")) + ", "
                + cell("bytes", totals.get("bytesToServer")) + " in all");
        if (status.get("drain") != null) {
            Map<String, Object> drain = JsonReader.asObject(status.get("drain"));
            lines.add("draining: " + drain.get("sessions") + " sessions, " + drain.get("transfers") + " transfers, "
                    + cell("secondsLeft", drain.get("secondsLeft")) + " left");
        }
        if (status.get("maintenance") != null) {
            lines.add("maintenance: "
                    + safe(String.valueOf(
                            JsonReader.asObject(status.get("maintenance")).get("text"))));
        }
        return lines;
    }

    static final List<Column> SESSIONS = List.of(
            Column.of("ID", "id"),
            Column.of("CLIENT", "client"),
            Column.of("USER", "user"),
            Column.of("SERVER", "server"),
            Column.of("STATE", "state"),
            Column.of("AGE", "ageSeconds"),
            Column.of("RATE", "bytesPerSecond"),
            Column.of("PATH", "path"));

    static final List<Column> SERVERS = List.of(
            Column.of("SERVER", "server"),
            Column.of("LISTENER", "listener"),
            Column.of("HEALTH", "health"),
            Column.of("BY", "ejectedBy"),
            Column.of("SESSIONS", "sessions"),
            Column.of("FAILURES", "failures"));

    static final List<Column> BLOCKS =
            List.of(Column.of("NETWORK", "network"), Column.of("LEFT", "secondsLeft"), Column.of("BY", "by"));

    /** Returns a line of a trace, as the event has it. */
    static String traceLine(Map<String, Object> line) {
        String at = String.valueOf(line.get("at"));
        String arrow =
                switch (String.valueOf(line.get("direction"))) {
                    case "from-client" -> "C>   ";
                    case "to-client" -> "C<   ";
                    case "to-server" -> "  >S ";
                    case "from-server" -> "  <S ";
                    default -> "  *  ";
                };
        return (at.length() > 12 ? at.substring(11, at.length() - 1) : at) + " [" + line.get("session") + "] " + arrow
                + safe(String.valueOf(line.get("text")));
    }
}
