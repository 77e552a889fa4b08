package io.ftpalg.server.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {
    private static final String ID = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte";

    /** By the reference implementation (libargon2 20190702). */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "secret $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "secret $argon2id$v=19$m=64,t=1,p=4$c29tZXNhbHQ$sktM/5nM3yj4pfyE6yI2XiFsLn2e4f3F",
                "secret $argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$jXh28i/dR9uCi+HqGGKZOk6WQIzscJBZ",
                "secret $argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$P3M44T9dKzcrO5EpLtZiZjB2rPcYx5EV",
                "secret $argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQ$rRfbOfkFchSqZ0qgpOy7HdmnT4x0PBFE",
                "secret $argon2i$m=256,t=2,p=1$c29tZXNhbHQ$rRfbOfkFchSqZ0qgpOy7HdmnT4x0PBFE",
                "gr\u00fc\u00dfe $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$hVREWGybZFHdxYovgRZOPC/z+lRpaEbG",
                "password $argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA"
            })
    void knowsTheVectors(String password, String text) {
        Argon2Hash hash = hash(text);

        assertThat(hash.matches(password.getBytes(UTF_8))).isTrue();
        assertThat(hash.matches((password + "x").getBytes(UTF_8))).isFalse();
        assertThat(hash.matches(new byte[0])).isFalse();
    }

    @Test
    void takesTheMemoryThatItSays() {
        assertThat(hash(ID).memoryBytes()).isEqualTo(256 * 1024);
        assertThat(hash(ID.replace("m=256", "m=4194304")).memoryBytes()).isEqualTo(4L << 30);
    }

    @Test
    void costsWhatItsParametersCost() {
        assertThat(hash(ID).cost())
                .isEqualTo(hash(ID.replace("lJ6pwZt3", "AAAAAAAA")).cost());
        assertThat(hash(ID).cost()).isNotEqualTo(hash(ID.replace("t=2", "t=3")).cost());
        assertThat(hash(ID)).asString().doesNotContain("lJ6pwZt3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$argon2id$",
                "$argon2x$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=15,t=2,p=2$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=256,t=2,p=1$c29t$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ=$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQab$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDtea"
            })
    void isNothingElse(String text) {
        assertThat(Argon2Hash.parse(text)).isEmpty();
    }

    private static Argon2Hash hash(String text) {
        return Argon2Hash.parse(text).orElseThrow();
    }
}
