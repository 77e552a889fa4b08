package io.ftpalg.control.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void areAUserAndAPasswordThatMayHaveColons() {
        assertThat(BasicCredentials.of(List.of("bAsIc " + encoded("joe:a:\u00e9"))))
                .contains(new BasicCredentials("joe", Secret.of("a:\u00e9")));
        assertThat(BasicCredentials.of(List.of("Basic " + encoded(":"))))
                .contains(new BasicCredentials("", Secret.of("")));
    }

    @Test
    void areThereOnce() {
        assertThat(BasicCredentials.of(List.of())).isEmpty();
        assertThat(BasicCredentials.of(List.of("Basic " + encoded("a:b"), "Basic " + encoded("a:b"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!!", "Bearer YTpi", "Basic YWJj"})
    void areNothingElse(String value) {
        assertThat(BasicCredentials.of(List.of(value))).isEmpty();
    }

    @Test
    void doNotShowThePassword() {
        assertThat(new BasicCredentials("joe", Secret.of("hidden")).toString()).doesNotContain("hidden");
    }
}
