package io.ftpalg.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password on its way: its text is had only by asking for it, and never by printing what holds it. Immutable. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Returns the secret of this text, ISO-8859-1 as on the control connection. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** Returns the text, to check or forward it. */
    public String reveal() {
        return text;
    }

    /** Compares in a time that does not depend on where the two differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "****";
    }
}
