package io.ftpalg.rules.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Names as rules compare them: the bytes of a control line, one char each, as Unicode in NFC, so that both forms of an accent are one
 * name. UTF-8 only, and strictly: over-long forms are none. Stateless.
 */
public final class NameText {

    private NameText() {}

    /** Returns the text of these bytes, or nothing if they are not UTF-8. */
    public static Optional<String> of(String bytes) {
        if (isAscii(bytes)) {
            return Optional.of(bytes);
        }
        try {
            CharSequence decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return Optional.of(Normalizer.normalize(decoded, Normalizer.Form.NFC));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Returns the text of these bytes, each byte for itself if they are not UTF-8. */
    public static String lenient(String bytes) {
        return of(bytes).orElse(bytes);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
