package io.ftpalg.server.audit.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts in audit records. What a peer sent is one char for one byte: valid UTF-8 is written as the characters that it means, and of
 * anything else each byte beyond ASCII as {@code \xNN}. A control byte is {@code \xNN} too, a character that does not show or turns
 * the direction of others {@code \}{@code uNNNN}, and a backslash is two, so that nothing is ambiguous. Stateless.
 */
public final class AuditText {
    /** Chars of one text that a record has. */
    public static final int LONGEST = 4096;

    private AuditText() {}

    /** Returns a peer's text, at most {@link #LONGEST} bytes of it and how many are left out. */
    public static String ofPeer(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        String rest = shown.length() == text.length() ? "" : "\\+" + (text.length() - LONGEST);
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            return escape(shown, false) + rest;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(shown.getBytes(StandardCharsets.ISO_8859_1));
            return escape(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), false) + rest;
        } catch (CharacterCodingException e) {
            return escape(shown, true) + rest;
        }
    }

    /** Returns a text of the gateway's own, which may have parts of others. */
    public static String ofGateway(String text) {
        return escape(text, false);
    }

    private static String escape(String text, boolean bytes) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                out.append("\\\\");
            } else if (c >= ' ' && c < 0x7F || c > 0x9F && !bytes && !isHidden(c)) {
                out.appendCodePoint(c);
            } else if (c <= 0xFF && (bytes || c < 0x80)) {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return out.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
