package io.ftpalg.server.log;

/**
 * Makes a text fit for one line of a log: printable ASCII only, everything else spelled out.
 *
 * <p>A text from a peer is ISO-8859-1, one char for one byte, so {@code \xNN} shows the byte that was sent.
 */
public final class Escape {
    /** Chars of a peer's text that a log shows. */
    public static final int LONGEST = 512;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Escape() {}

    /**
     * Returns a peer's text in double quotes, with backslashes and quotes escaped too, so that it cannot be mistaken for
     * another field; what is beyond {@link #LONGEST} is left out and counted.
     */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        int shown = Math.min(text.length(), LONGEST);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            append(out, c);
        }
        out.append('"');
        return shown == text.length() ? out.toString() : out + "+" + (text.length() - shown);
    }

    /** Returns the text as one line: whatever is not printable ASCII is escaped, all else stays. */
    public static String line(String text) {
        int length = text.length();
        int plain = 0;
        while (plain < length && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == length) {
            return text;
        }
        StringBuilder out = new StringBuilder(length).append(text, 0, plain);
        for (int i = plain; i < length; i++) {
            append(out, text.charAt(i));
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7F;
    }

    private static void append(StringBuilder out, char c) {
        if (c == '\r') {
            out.append("\\r");
        } else if (c == '\n') {
            out.append("\\n");
        } else if (isPlain(c)) {
            out.append(c);
        } else if (c <= 0xFF) {
            out.append("\\x").append(HEX[c >> 4]).append(HEX[c & 15]);
        } else {
            appendUnicode(out, c);
        }
    }

    /** Appends the char as a backslash, {@code u}, and its number in four hexadecimal digits. */
    static void appendUnicode(StringBuilder out, char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }
}
