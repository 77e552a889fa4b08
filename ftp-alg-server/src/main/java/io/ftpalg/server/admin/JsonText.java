package io.ftpalg.server.admin;

import java.util.Locale;

/** Writes text as a string of JSON. Stateless. */
public final class JsonText {

    private JsonText() {}

    /** Returns the text in quotes, with what JSON, HTML or a terminal could misread as escapes. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' '
                    || c >= 0x7f && c < 0xa0
                    || c == '<'
                    || c == '>'
                    || c == '&'
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
