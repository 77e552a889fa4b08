package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayFailedExceptionTest {

    @Test
    void namesWhatFailedAndWhatWasThrown() {
        OutOfMemoryError error = new OutOfMemoryError("heap");

        assertThat(new GatewayFailedException("the JVM failed", Optional.of(error)))
                .hasMessage("the JVM failed")
                .hasCause(error);
        assertThat(new GatewayFailedException("a listener has closed", Optional.empty()))
                .hasNoCause();
    }
}
