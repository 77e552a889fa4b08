package io.ftpalg.server.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values as JSON in one line: maps, collections, texts, numbers and flags. Stateless. What a browser or a terminal could
 * misread is escaped.
 */
public final class Json {
    private Json() {}

    /** Returns an object with no fields yet. */
    public static Fields object() {
        return new Fields();
    }

    /** Returns the text of a value. */
    public static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Fields fields) {
            write(fields.values, out);
        } else if (value instanceof Map<?, ?> map) {
            String next = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(next);
                quote(String.valueOf(entry.getKey()), out);
                out.append(':');
                write(entry.getValue(), out);
                next = ",";
            }
            out.append('}');
        } else if (value instanceof Collection<?> list) {
            String next = "";
            out.append('[');
            for (Object one : list) {
                out.append(next);
                write(one, out);
                next = ",";
            }
            out.append(']');
        } else if (value instanceof Double number) {
            out.append(String.format(Locale.ROOT, "%.3f", number));
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            quote(String.valueOf(value), out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** An object that is being made; a field without a value is left out. */
    public static final class Fields {
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Fields() {}

        /** Adds a field. */
        public Fields put(String name, Object value) {
            values.put(name, value);
            return this;
        }

        /** Adds a field, if there is a value. */
        public Fields put(String name, Optional<?> value) {
            value.ifPresent(there -> values.put(name, there));
            return this;
        }

        @Override
        public String toString() {
            return text(this);
        }
    }
}
