package io.ftpalg.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TlsFailureTest {

    /** Who counts failures in logs and metrics knows them by these names. */
    @Test
    void hasTheseKinds() {
        assertThat(Stream.of(TlsFailure.Kind.values()).map(Enum::name).collect(Collectors.joining(" ")))
                .isEqualTo("VERSION CERTIFICATE OWN_CERTIFICATE NOT_TLS NOT_RESUMED REFUSED TRUNCATED OTHER");
        assertThat(TlsFailure.other("late")).isEqualTo(new TlsFailure(TlsFailure.Kind.OTHER, "late"));
    }
}
