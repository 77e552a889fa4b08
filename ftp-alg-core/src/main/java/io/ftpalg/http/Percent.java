package io.ftpalg.http;

/** Percent-encoding (RFC 3986 section 2.1) of bytes, which are held as ISO-8859-1 text. */
final class Percent {
    private static final String HEX = "0123456789ABCDEF";
    /** What a segment of a path has as it is, here: unreserved characters only. */
    private static final String PLAIN = "-._~";

    private Percent() {}

    /**
     * Returns the bytes of the text.
     *
     * @throws HttpRefusal if a percent sign is followed by less than two hexadecimal digits, or a byte is a control character, of
     *     which CR, LF and NUL would end a command early
     */
    static String decode(String text) throws HttpRefusal {
        StringBuilder bytes = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    throw HttpRefusal.bad("The URL has a % without two hexadecimal digits: write % as %25.");
                }
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    throw HttpRefusal.bad("The URL has a % without two hexadecimal digits: write % as %25.");
                }
                c = (char) (high << 4 | low);
                i += 2;
            }
            if (c < ' ' || c == 0x7F || c > 0xFF) {
                throw HttpRefusal.bad("The URL has a control character, which no name on a server may have.");
            }
            bytes.append(c);
        }
        return bytes.toString();
    }

    /** Returns the text of these bytes, all encoded but letters, digits and what is never reserved. */
    static String encode(String bytes) {
        StringBuilder text = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4 & 0xF)).append(HEX.charAt(c & 0xF));
            }
        }
        return text.toString();
    }
}
