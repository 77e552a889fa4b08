package io.ftpalg.server.inspect;

import io.ftpalg.server.inspect.InspectionSettings.Types;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Types of content, by its first bytes alone: a name proves nothing. Thread-safe. */
final class TypeRules {
    private final MimeTypes known = MimeTypes.getDefaultMimeTypes();
    private final Types types;

    TypeRules(Types types) {
        this.types = types;
    }

    /** Returns the media type of content that begins like this. */
    MediaType of(byte[] first, int length) {
        try {
            return known.detect(new ByteArrayInputStream(first, 0, length), new Metadata())
                    .getBaseType();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns why this type is rejected, if it is. A type is denied also where it is a kind of one that is. */
    Optional<String> refusal(MediaType type) {
        boolean denied = types.deny().stream().anyMatch(pattern -> isKindOf(type, pattern));
        boolean allowed = types.allow().isEmpty() || types.allow().stream().anyMatch(pattern -> matches(type, pattern));
        return denied || !allowed ? Optional.of("content of type " + type + " is not allowed") : Optional.empty();
    }

    private boolean isKindOf(MediaType type, String pattern) {
        MediaType kind = type;
        while (kind != null) {
            if (matches(kind, pattern)) {
                return true;
            }
            kind = known.getMediaTypeRegistry().getSupertype(kind);
        }
        return false;
    }

    private static boolean matches(MediaType type, String pattern) {
        String text = pattern.toLowerCase(Locale.ROOT);
        return text.endsWith("/*")
                ? type.getType().equals(text.substring(0, text.length() - 2))
                : type.toString().equals(text);
    }
}
