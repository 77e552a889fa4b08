package io.ftpalg.policy.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.inspect.InspectionTerms.Trickle;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTermsTest {
    private static final int KIB = 1024;

    @Test
    void holdsBack64KibByDefault() {
        assertThat(InspectionTerms.DEFAULT)
                .isEqualTo(new InspectionTerms(64 * KIB, 1024 * KIB, Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536, 1", "65537, 65538, 2", "67108864, 67108864, 3600000", "65536, 67108864, 3599999"})
    void takesWhatIsWithinItsBounds(int holdBack, int holdAtMost, long millis) {
        assertThatCode(() -> new InspectionTerms(holdBack, holdAtMost, Duration.ofMillis(millis)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "65535, 65536, 1",
        "67108865, 67108865, 1",
        "65537, 65536, 1",
        "65536, 67108865, 1",
        "65536, 65536, 0",
        "65536, 65536, 3600001"
    })
    void refusesWhatIsBeyond(int holdBack, int holdAtMost, long millis) {
        assertThatThrownBy(() -> new InspectionTerms(holdBack, holdAtMost, Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passOnWhatHasPassedByDefault() {
        assertThat(InspectionTerms.DEFAULT.whole()).isFalse();
        assertThat(InspectionTerms.DEFAULT.trickle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "65536, 3600000"})
    void trickleWithinBounds(int bytes, long millis) {
        assertThatCode(() -> new Trickle(bytes, Duration.ofMillis(millis))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "65537, 10", "1, 9", "1, 3600001"})
    void refuseToTrickleBeyond(int bytes, long millis) {
        assertThatThrownBy(() -> new Trickle(bytes, Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
