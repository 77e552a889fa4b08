package io.ftpalg.server.audit.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A record as one line of JSON (RFC 8259), in UTF-8 when it is written; no control character is in it. Stateless. */
public final class JsonLine {
    /** The version of docs/audit-schema.json. */
    static final int SCHEMA = 1;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private JsonLine() {}

    /** Returns a time as records have it. */
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** Returns the line without its end, and without a hash. */
    public static String of(AuditRecord record) {
        StringBuilder out = new StringBuilder(256);
        out.append('{');
        append(AuditField.SCHEMA, SCHEMA, out);
        if (record.seq() > 0) {
            append(AuditField.SEQ, record.seq(), out);
        }
        append(AuditField.TIME, time(record.time()), out);
        append(AuditField.INSTANCE, record.origin().instance(), out);
        append(AuditField.RUN, record.origin().run(), out);
        append(AuditField.EVENT, record.event().text(), out);
        record.fields().forEach((field, value) -> append(field, value, out));
        return out.append('}').toString();
    }

    private static void append(AuditField field, Object value, StringBuilder out) {
        out.append(out.length() == 1 ? "\"" : ",\"").append(field.text()).append("\":");
        switch (field.kind()) {
            case NUMBER, FLAG -> out.append(value);
            case TEXT -> quote(AuditText.ofGateway(String.valueOf(value)), out);
            case PEER -> quote(AuditText.ofPeer(String.valueOf(value)), out);
            case LIST -> {
                String next = "[";
                for (Object one : (List<?>) value) {
                    out.append(next);
                    quote(AuditText.ofPeer(String.valueOf(one)), out);
                    next = ",";
                }
                out.append(next.equals("[") ? "[]" : "]");
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
