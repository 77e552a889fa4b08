package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.session.base.LoginName.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginNameTest {
    private static final LoginPolicy DEFAULT = LoginPolicy.DEFAULT;

    /** L1. */
    @ParameterizedTest
    @CsvSource({
        "joe, PLAIN, joe, '', ''",
        "'', PLAIN, '', '', ''",
        "@host, PLAIN, @host, '', ''",
        "joe@ftp.example, TARGET, joe, '', ftp.example:21",
        "joe@ftp.example:2121, TARGET, joe, '', ftp.example:2121",
        "joe@ftp.example 2121, TARGET, joe, '', ftp.example:2121",
        "joe@[::1]:2121, TARGET, joe, '', '[::1]:2121'",
        "a@b.c@ftp.example, TARGET, a@b.c, '', ftp.example:21",
        "joe@127.1:6379, TARGET, joe, '', ''",
        "joe@, TARGET, joe, '', ''",
        "'joe@ftp.example  ', TARGET, joe, '', ftp.example:21",
        "joe@ftp.example fw, TARGET, joe, '', ''"
    })
    void namesAUserAndAServer(String text, Kind kind, String user, String proxyUser, String target) {
        assertThat(LoginName.of(text, DEFAULT, true, false)).isEqualTo(name(kind, user, proxyUser, target));
    }

    /** L2. */
    @ParameterizedTest
    @CsvSource({
        "fw, PLAIN, fw, '', ''",
        "fw@ftp.example, PROXY_TARGET, fw, fw, ftp.example:21",
        "fw@ftp.example 2121, PROXY_TARGET, fw, fw, ftp.example:2121",
        "fw@no/host, PROXY_TARGET, fw, fw, ''",
        "joe@fw@ftp.example:2121, JOINED, joe, fw, ftp.example:2121",
        "a@b.c@fw@ftp.example, JOINED, a@b.c, fw, ftp.example:21",
        "joe@ftp.example fw, ACCOUNT, joe, fw, ftp.example:21",
        "'fw@ftp.example ', PROXY_TARGET, fw, fw, ftp.example:21",
        "joe@ftp.example:2121 fw, ACCOUNT, joe, fw, ftp.example:2121",
        "a@b.c@ftp.example fw, ACCOUNT, a@b.c, fw, ftp.example:21"
    })
    void namesAUserOfTheGatewayToo(String text, Kind kind, String user, String proxyUser, String target) {
        assertThat(LoginName.of(text, DEFAULT, true, true)).isEqualTo(name(kind, user, proxyUser, target));
    }

    @Test
    void isPlainWhereServersAreNotNamed() {
        assertThat(LoginName.of("joe@example.com", DEFAULT, false, false))
                .isEqualTo(name(Kind.PLAIN, "joe@example.com", "", ""));
        assertThat(LoginName.of("joe@example.com", DEFAULT, false, true).kind()).isEqualTo(Kind.PLAIN);
    }

    @Test
    void joinsTwoUsersWhereServersAreNotNamedAndThatIsWished() {
        LoginPolicy suse = DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_PROXY_USER));

        assertThat(LoginName.of("joe@fw", suse, false, true)).isEqualTo(name(Kind.JOINED_ALONE, "joe", "fw", ""));
        assertThat(LoginName.of("fw@joe", proxyUserFirst(suse), false, true))
                .isEqualTo(name(Kind.JOINED_ALONE, "joe", "fw", ""));
        assertThat(LoginName.of("joe@fw", suse, false, false).kind()).isEqualTo(Kind.PLAIN);
    }

    @Test
    void beginsWithTheUserOfTheGatewayIfThatIsWished() {
        assertThat(LoginName.of("fw@joe@ftp.example", proxyUserFirst(DEFAULT), true, true))
                .isEqualTo(name(Kind.JOINED, "joe", "fw", "ftp.example:21"));
    }

    @Test
    void isDividedByTheSeparatorOfThePolicy() {
        LoginPolicy percent = new LoginPolicy(DEFAULT.dialects(), '%', false, false, Optional.empty());

        assertThat(LoginName.of("me@mail%ftp.example:21", percent, true, false))
                .isEqualTo(name(Kind.TARGET, "me@mail", "", "ftp.example:21"));
        assertThat(LoginName.of("me@mail", percent, true, false).kind()).isEqualTo(Kind.PLAIN);
    }

    @Test
    void understandsNoDialectThatIsOff() {
        assertThat(LoginName.of("joe@ftp.example", without(LoginDialect.USER_AT_HOST), true, false)
                        .kind())
                .isEqualTo(Kind.PLAIN);
        assertThat(LoginName.of("fw@ftp.example", without(LoginDialect.PROXY_USER_AT_HOST), true, true)
                        .kind())
                .isEqualTo(Kind.PLAIN);
        assertThat(LoginName.of("a@b@ftp.example", without(LoginDialect.JOINED), true, true))
                .isEqualTo(name(Kind.PROXY_TARGET, "a@b", "a@b", "ftp.example:21"));
        assertThat(LoginName.of("joe@ftp.example fw", without(LoginDialect.ACCOUNT), true, true))
                .isEqualTo(name(Kind.PROXY_TARGET, "joe", "joe", ""));
    }

    private static LoginPolicy without(LoginDialect dialect) {
        return DEFAULT.withDialects(EnumSet.complementOf(EnumSet.of(dialect)));
    }

    private static LoginPolicy proxyUserFirst(LoginPolicy policy) {
        return new LoginPolicy(policy.dialects(), policy.separator(), true, false, policy.users());
    }

    private static LoginName name(Kind kind, String user, String proxyUser, String target) {
        return new LoginName(kind, user, proxyUser, HostPort.parse(target));
    }
}
