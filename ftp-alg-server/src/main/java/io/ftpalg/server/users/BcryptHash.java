package io.ftpalg.server.users;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A hash by bcrypt, as {@code htpasswd -B} makes it.
 *
 * <p>bcrypt uses {@value #MOST_BYTES} bytes of a password, so a longer one would match by its first bytes. A longer one is
 * refused, also where the hash was made of its beginning.
 *
 * @param text the whole hash
 */
record BcryptHash(String text) implements PasswordHash {
    static final int MOST_BYTES = 72;
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-9]|20)\\$[./A-Za-z0-9]{53}");

    /** Returns the hash that this text is, or nothing; a cost over 20 takes minutes, and is none. */
    static Optional<BcryptHash> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new BcryptHash(text)) : Optional.empty();
    }

    @Override
    public boolean matches(byte[] password) {
        boolean same =
                OpenBSDBCrypt.checkPassword(text, Arrays.copyOf(password, Math.min(password.length, MOST_BYTES)));
        return same && password.length <= MOST_BYTES;
    }

    @Override
    public String cost() {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? "bcrypt " + matcher.group(1) : text;
    }

    @Override
    public String toString() {
        return cost();
    }
}
