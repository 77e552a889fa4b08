package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
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
}
