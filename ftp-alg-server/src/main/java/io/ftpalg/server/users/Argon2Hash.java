package io.ftpalg.server.users;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A hash by Argon2 (RFC 9106), as the PHC string that {@code argon2 -e} prints:
 * {@code $argon2id$v=19$m=65536,t=3,p=4$SALT$HASH}. Immutable.
 */
final class Argon2Hash implements PasswordHash {
    private static final Pattern FORM = Pattern.compile("\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=([1-9][0-9]{0,8}),"
            + "t=([1-9][0-9]{0,3}),p=([1-9][0-9]{0,2})\\$([A-Za-z0-9+/]{11,128})\\$([A-Za-z0-9+/]{16,128})");
    /** A hash of no version is of the oldest. */
    private static final String OLDEST = "16";

    private final Argon2Parameters parameters;
    private final byte[] hash;

    private Argon2Hash(Argon2Parameters parameters, byte[] hash) {
        this.parameters = parameters;
        this.hash = hash;
    }

    /** Returns the hash that this text is, or nothing. */
    static Optional<Argon2Hash> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int type =
                switch (matcher.group(1)) {
                    case "id" -> Argon2Parameters.ARGON2_id;
                    case "i" -> Argon2Parameters.ARGON2_i;
                    default -> Argon2Parameters.ARGON2_d;
                };
        int memory = Integer.parseInt(matcher.group(3));
        int lanes = Integer.parseInt(matcher.group(5));
        if (memory < 8 * lanes) {
            return Optional.empty();
        }
        try {
            Argon2Parameters parameters = new Argon2Parameters.Builder(type)
                    .withVersion(Integer.parseInt(
                            Optional.ofNullable(matcher.group(2)).orElse(OLDEST)))
                    .withMemoryAsKB(memory)
                    .withIterations(Integer.parseInt(matcher.group(4)))
                    .withParallelism(lanes)
                    .withSalt(Base64.getDecoder().decode(matcher.group(6)))
                    .build();
            return Optional.of(new Argon2Hash(parameters, Base64.getDecoder().decode(matcher.group(7))));
        } catch (IllegalArgumentException e) {
            // No Base64, or beyond what the algorithm takes.
            return Optional.empty();
        }
    }

    /** Returns how much memory a check takes. */
    long memoryBytes() {
        return parameters.getMemory() * 1024L;
    }

    @Override
    public boolean matches(byte[] password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] made = new byte[hash.length];
        generator.generateBytes(password, made);
        return MessageDigest.isEqual(made, hash);
    }

    @Override
    public String cost() {
        return "argon2 type=" + parameters.getType() + " m=" + parameters.getMemory() + " t="
                + parameters.getIterations() + " p=" + parameters.getLanes();
    }

    @Override
    public String toString() {
        return cost();
    }
}
