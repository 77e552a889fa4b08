package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.session.base.LoginName.Kind;
import io.ftpalg.session.login.LoginDialogueRepeatedTest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a login that is repeated is played in {@link LoginDialogueRepeatedTest}. */
class ProxyIdentityTest {
    private static final ProxyUser FW = new ProxyUser("fw", Set.of());

    private final ProxyIdentity identity = new ProxyIdentity();

    @Test
    void isKnownUntilItIsForgotten() {
        assertThat(identity.isKnown()).isFalse();

        identity.is(FW);
        identity.goes(true, false);
        assertThat(identity.user()).contains(FW);
        assertThat(identity.isAtNamedServer()).isTrue();

        identity.forget();
        assertThat(identity.isKnown()).isFalse();
        assertThat(identity.isAtNamedServer()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PROXY_TARGET", "JOINED", "JOINED_ALONE", "ACCOUNT"})
    void isSaidAnewByANameOfTheSameKindOnly(Kind kind) {
        identity.says(kind);
        assertThat(identity.isSaidAnewBy(name(kind))).as("not known yet").isFalse();
        identity.is(FW);

        assertThat(Kind.values())
                .filteredOn(other -> identity.isSaidAnewBy(name(other)))
                .containsExactly(kind);
    }

    /** A name without a server is that of the server's user, unless it was the gateway's own before. */
    @Test
    void isSaidAnewByANameAloneWhereItWasLoggedInItself() {
        identity.says(Kind.PLAIN);
        identity.is(FW);
        assertThat(identity.isSaidAnewBy(name(Kind.PLAIN))).isFalse();

        identity.goes(false, true);
        assertThat(identity.isSaidAnewBy(name(Kind.PLAIN))).isTrue();
        assertThat(identity.isSaidAnewBy(name(Kind.TARGET))).isFalse();

        identity.goes(false, false);
        assertThat(identity.isSaidAnewBy(name(Kind.PLAIN))).isFalse();
    }

    private static LoginName name(Kind kind) {
        return new LoginName(kind, "joe", "fw", HostPort.parse("ftp.example"));
    }
}
