package io.ftpalg.policy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPolicyTest {

    @Test
    void understandsWhatCannotBeMistakenForAPlainUser() {
        assertThat(LoginPolicy.DEFAULT.has(LoginDialect.USER_AT_HOST)).isTrue();
        assertThat(LoginPolicy.DEFAULT.has(LoginDialect.USER_AT_PROXY_USER)).isFalse();
        assertThat(LoginPolicy.DEFAULT.withDialects(Set.of()).dialects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'a', '7', ' ', '\t', '\u00e4'})
    void refusesASeparatorThatNamesAreMadeOf(char separator) {
        assertThatThrownBy(() -> new LoginPolicy(Set.of(), separator, false, false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(chars = {'@', '%', '!', '~'})
    void takesASeparatorThatPrints(char separator) {
        assertThat(LoginPolicy.isSeparator(separator)).isTrue();
        assertThat(new LoginPolicy(Set.of(), separator, false, false, Optional.empty()).separator())
                .isEqualTo(separator);
    }

    @Test
    void knowsTheUsersWhosePasswordIsNoSecret() {
        assertThat(LoginPolicy.isAnonymous("Anonymous")).isTrue();
        assertThat(LoginPolicy.isAnonymous("FTP")).isTrue();
        assertThat(LoginPolicy.isAnonymous("ftp ")).isFalse();
        assertThat(LoginPolicy.isAnonymous("")).isFalse();
        assertThat(LoginPolicy.isAnonymous("anonymou\u017f")).isFalse();
    }

    @Test
    void hasAnAnonymousPasswordThatIsOneArgument() {
        assertThat(LoginPolicy.DEFAULT
                        .withAnonymousPassword(Secret.of("ftp@example.com"))
                        .withUsers((name, password, client) -> CompletableFuture.completedStage(Optional.empty()))
                        .anonymousPassword())
                .isEqualTo(Secret.of("ftp@example.com"));
        assertThat(LoginPolicy.DEFAULT
                        .withAnonymousPassword(Secret.of("ftp@example.com"))
                        .withDialects(Set.of())
                        .anonymousPassword())
                .isEqualTo(Secret.of("ftp@example.com"));
        for (String wrong : new String[] {"", " ", "a\r\nDELE x", "\u00e4", "x".repeat(201)}) {
            assertThatThrownBy(() -> LoginPolicy.DEFAULT.withAnonymousPassword(Secret.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("printing characters");
        }
    }
}
