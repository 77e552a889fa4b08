package io.ftpalg.server.audit.record;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One audit record; immutable.
 *
 * @param seq its number in the run; 0 if a sink made it
 * @param time when it happened
 * @param origin the gateway that made it
 * @param event what happened
 * @param fields its other fields: {@link Long}, {@link Integer}, {@link Boolean}, {@link String} or a list of texts
 */
public record AuditRecord(long seq, Instant time, Origin origin, AuditEvent event, Map<AuditField, Object> fields) {
    /** What a record takes in memory without its texts, roughly. */
    static final int FIXED_WEIGHT = 512;

    /**
     * A run of a gateway.
     *
     * @param instance the gateway
     * @param run one run of it
     */
    public record Origin(String instance, String run) {}

    public AuditRecord {
        fields = Collections.unmodifiableMap(fields);
    }

    /** Returns how many bytes it takes in memory, roughly: what the bound of a queue counts. */
    public int weight() {
        int weight = FIXED_WEIGHT;
        for (Object value : fields.values()) {
            if (value instanceof String text) {
                weight += text.length();
            } else if (value instanceof List<?> list) {
                weight += list.stream()
                        .mapToInt(one -> String.valueOf(one).length())
                        .sum();
            }
        }
        return weight;
    }

    /** Returns the value of a field as text, if it has one. */
    public Optional<String> text(AuditField field) {
        return Optional.ofNullable(fields.get(field)).map(String::valueOf);
    }

    /** Returns the value of a number, 0 if it has none. */
    public long number(AuditField field) {
        return fields.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Fields that are being collected; used by one thread. */
    public static final class Fields {
        private final Map<AuditField, Object> values = new EnumMap<>(AuditField.class);

        /** Adds a field. */
        public Fields put(AuditField field, Object value) {
            values.put(field, value);
            return this;
        }

        /** Adds a field, if there is a value. */
        public Fields put(AuditField field, Optional<?> value) {
            value.ifPresent(there -> values.put(field, there));
            return this;
        }

        /** Adds a field, if the text is not empty. */
        public Fields putText(AuditField field, String text) {
            return text.isEmpty() ? this : put(field, text);
        }

        /** Adds all fields of others. */
        public Fields putAll(Fields others) {
            values.putAll(others.values);
            return this;
        }

        /** Returns the record with these fields, which must not change any more. */
        public AuditRecord record(long seq, Instant time, Origin origin, AuditEvent event) {
            return new AuditRecord(seq, time, origin, event, values);
        }
    }
}
