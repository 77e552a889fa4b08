package io.ftpalg.server.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {
    private static final String SECRET = "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm";
    /** Of 72 times p, by htpasswd. */
    private static final String LONG = "$2y$04$AcmErM27fFdksgYBaJLpOeE/E4AZ2icaqL7.6rz3AQWq0h8ofs48G";

    @ParameterizedTest
    @ValueSource(strings = {"$2y$", "$2a$", "$2b$"})
    void knowsThePasswordWhateverTheKind(String kind) {
        BcryptHash hash = hash(SECRET.replace("$2y$", kind));

        assertThat(hash.matches("secret".getBytes(UTF_8))).isTrue();
        assertThat(hash.matches("Secret".getBytes(UTF_8))).isFalse();
        assertThat(hash.matches("secret1".getBytes(UTF_8))).isFalse();
        assertThat(hash.matches(new byte[0])).isFalse();
    }

    /** Those of jBCrypt, and two by htpasswd. */
    @ParameterizedTest
    @CsvSource({
        "'', $2y$04$4WQ2Cq1cKfc4iKaur.GfoeijUIqgcbo0F1jCa68Um.iwHX6tAGpxW",
        "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        "abc, $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "gr\u00fc\u00dfe, $2y$05$7sBaB8bd7oqrKJNRiJeHd..OmeItk1N6WUVvPKiR9ARafuyHJ4Oo."
    })
    void knowsTheVectors(String password, String text) {
        assertThat(hash(text).matches(password.getBytes(UTF_8))).isTrue();
        assertThat(hash(text).matches((password + "x").getBytes(UTF_8))).isFalse();
    }

    @Test
    void refusesWhatItSeesTheBeginningOfOnly() {
        assertThat(hash(LONG).matches("p".repeat(71).getBytes(UTF_8))).isFalse();
        assertThat(hash(LONG).matches("p".repeat(72).getBytes(UTF_8))).isTrue();
        assertThat(hash(LONG).matches("p".repeat(73).getBytes(UTF_8))).isFalse();
    }

    @Test
    void costsWhatItsRoundsCost() {
        assertThat(hash(SECRET).cost()).isEqualTo(hash(LONG).cost()).isEqualTo("bcrypt 04");
        assertThat(hash(SECRET.replace("$04$", "$12$")).cost())
                .isNotEqualTo(hash(LONG).cost());
        assertThat(hash(SECRET)).hasToString("bcrypt 04");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$2y$",
                "$2x$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm",
                "$2y$03$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm",
                "$2y$21$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm",
                "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhH",
                "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHmm",
                "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhH:"
            })
    void isNothingElse(String text) {
        assertThat(BcryptHash.parse(text)).isEmpty();
    }

    private static BcryptHash hash(String text) {
        return BcryptHash.parse(text).orElseThrow();
    }
}
