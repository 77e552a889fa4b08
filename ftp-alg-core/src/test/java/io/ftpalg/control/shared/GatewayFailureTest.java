package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GatewayFailureTest {

    @Test
    void isAnErrorOfTheJvmHoweverItIsWrapped() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        assertThat(GatewayFailure.of(error)).get().satisfies(failure -> {
            assertThat(failure.what()).isEqualTo("the JVM failed: java.lang.OutOfMemoryError: Java heap space");
            assertThat(failure.cause()).containsSame(error);
        });
        assertThat(GatewayFailure.of(new IllegalStateException(new IOException(error))))
                .isPresent();
    }

    @Test
    void isNothingThatEndsOneTaskOnly() {
        IllegalStateException circle = new IllegalStateException("one");
        circle.initCause(new IllegalStateException("other", circle));

        assertThat(GatewayFailure.of(new IllegalStateException("a defect"))).isEmpty();
        assertThat(GatewayFailure.of(new StackOverflowError())).isEmpty();
        assertThat(GatewayFailure.of(new AssertionError("a defect"))).isEmpty();
        assertThat(GatewayFailure.of(circle)).isEmpty();
    }
}
