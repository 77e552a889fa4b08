package io.ftpalg.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientTlsTest {

    @Test
    void isOfferedIfItEndsHere() {
        assertThat(ClientTls.OPTIONAL.isOffered()).isTrue();
        assertThat(ClientTls.NONE.isOffered()).isFalse();
        assertThat(new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false).isOffered())
                .isFalse();
    }

    @Test
    void isTheSameOnAnImplicitListener() {
        ClientTls explicit = new ClientTls(TlsUse.REQUIRED, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, true, true);

        assertThat(explicit.implicitly())
                .isEqualTo(new ClientTls(TlsUse.REQUIRED, TlsUse.OPTIONAL, AuthMode.TERMINATE, true, true, true));
        assertThat(explicit.strictEnd()).isTrue();
        assertThat(explicit.withLenientEnd().implicitly().strictEnd()).isFalse();
    }

    @Test
    void refusesImplicitTlsThatIsOff() {
        assertThatThrownBy(ClientTls.NONE::implicitly).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesDataUnderTlsBehindAControlConnectionInTheClear() {
        assertThatThrownBy(() -> new ClientTls(TlsUse.OFF, TlsUse.REQUIRED, AuthMode.TERMINATE, false, false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
