package io.ftpalg.server.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.concurrency.UseCounts.Kind;
import io.ftpalg.server.concurrency.UseCounts.Limit;
import io.ftpalg.server.concurrency.UseCounts.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseCountsTest {
    private static final Limit JOE = new Limit(new Subject(Kind.USER, "joe"), 2);
    private static final Limit STAFF = new Limit(new Subject(Kind.GROUP, "staff"), 1);

    private final UseCounts counts = new UseCounts();

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false"})
    void entersNoMoreThanTheLimit(int before, boolean entered) {
        for (int i = 0; i < before; i++) {
            counts.enterSession(List.of(JOE));
        }

        assertThat(counts.enterSession(List.of(JOE)).isEmpty()).isEqualTo(entered);
    }

    @Test
    void countsNothingWhereOneLimitIsReached() {
        counts.enterTransfer(List.of(STAFF));

        assertThat(counts.enterTransfer(List.of(JOE, STAFF))).contains(STAFF);
        counts.leaveTransfer(List.of(STAFF));

        assertThat(counts.size()).isZero();
    }

    @Test
    void keepsNothingOfThoseThatLeft() {
        counts.enterSession(List.of(JOE, STAFF));
        counts.enterTransfer(List.of(JOE));
        counts.leaveSession(List.of(JOE, STAFF));
        counts.leaveTransfer(List.of(JOE));

        assertThat(counts.size()).isZero();
    }
}
