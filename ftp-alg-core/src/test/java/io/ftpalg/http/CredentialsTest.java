package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void areThoseOfTheBasicScheme() throws HttpRefusal {
        Credentials read = Credentials.ofHeader("Authorization", "bAsic  " + basic("joe:a:b"));

        assertThat(read).isEqualTo(new Credentials("joe", Optional.of(Secret.of("a:b"))));
        assertThat(read.toString()).doesNotContain("a:b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "Basic",
                "Basic !!!",
                "Basic am9l",
                "Basic OnB3",
                "Basic am9lDQo6cA==",
                "Basic am9lOnANCg=="
            })
    void refusesOthersWithoutRepeatingThem(String header) {
        assertThatThrownBy(() -> Credentials.ofHeader("Authorization", header))
                .isInstanceOf(HttpRefusal.class)
                .hasMessageStartingWith("Authorization ");
    }
}
