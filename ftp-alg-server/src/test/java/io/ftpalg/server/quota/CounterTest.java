package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterTest {
    private final TestClock clock = new TestClock("2026-11-29T23:00:00Z");
    private final Periods periods = new Periods(clock, ZoneOffset.UTC);
    private final Counter counter = new Counter(Period.DAY, periods, clock.millis());

    @ParameterizedTest
    @CsvSource({"9, 9", "10, 10", "11, 10"})
    void reservesNoMoreThanTheLimit(int wanted, int granted) {
        assertThat(reserve(wanted, 10)).isEqualTo(granted);
    }

    @Test
    void reservesNothingWhenTheLimitIsReached() {
        reserve(10, 10);

        assertThat(reserve(1, 10)).isZero();
    }

    @Test
    void aLowerLimitThanWhatWasUsedLeavesNothing() {
        reserve(10, 10);

        assertThat(reserve(1, 5)).isZero();
    }

    @Test
    void whatIsGivenBackMayBeReservedAgain() {
        reserve(10, 10);
        counter.giveBack(4, used().start());

        assertThat(reserve(10, 10)).isEqualTo(4);
    }

    @Test
    void beginsAgainWithTheNextPeriod() {
        reserve(10, 10);
        clock.set("2026-11-30T00:00:00Z");

        assertThat(reserve(3, 10)).isEqualTo(3);
    }

    @Test
    void aPeriodDoesNotEndBeforeItsEnd() {
        reserve(10, 10);
        clock.set("2026-11-29T23:59:59.999Z");

        assertThat(reserve(3, 10)).isZero();
    }

    @Test
    void aClockThatIsSetBackGivesNothingBack() {
        reserve(10, 10);
        clock.set("2026-11-28T12:00:00Z");

        assertThat(reserve(3, 10)).isZero();
    }

    @Test
    void whatIsGivenBackOfThePreviousPeriodIsLost() {
        reserve(10, 10);
        long start = used().start();
        clock.set("2026-11-30T00:00:00Z");
        reserve(10, 10);
        counter.giveBack(4, start);

        assertThat(used().bytes()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false"})
    void countsNoMoreFilesThanTheLimit(int before, boolean counted) {
        counter.set(0, before, periods, clock.millis());

        assertThat(counter.addFile(2, periods, clock.millis())).isEqualTo(counted);
    }

    @Test
    void isToSaveWhenTheStoreHasLess() {
        assertThat(counter.toSave()).isEmpty();
        reserve(10, 100);

        assertThat(counter.toSave()).contains(used());
        assertThat(counter.unsaved()).isEqualTo(10);
        counter.saved(used());

        assertThat(counter.toSave()).isEmpty();
        assertThat(counter.unsaved()).isZero();
    }

    @Test
    void whatTheStoreHasIsAddedToWhatWasCountedWithoutIt() {
        reserve(10, 100);
        counter.found(used().with(50, 5));

        assertThat(used().bytes()).isEqualTo(60);
        assertThat(used().files()).isEqualTo(5);
    }

    @Test
    void whatTheStoreHasAlreadyIsNotAddedAgain() {
        reserve(10, 100);
        counter.saved(used());
        reserve(5, 100);
        counter.found(used().with(10, 0));

        assertThat(used().bytes()).isEqualTo(15);
    }

    @Test
    void whatAnotherStoreDoesNotHaveIsKept() {
        reserve(10, 100);
        counter.saved(used());
        counter.notFound();

        assertThat(counter.toSave()).contains(used());
        assertThat(used().bytes()).isEqualTo(10);
    }

    @Test
    void showsWhatIsBeyondTheStore() {
        reserve(10, 100);
        counter.saved(used());

        assertThat(counter.beyondStore(used())).isEmpty();
        reserve(7, 100);

        assertThat(counter.beyondStore(used())).contains(used().with(7, 0));
    }

    @Test
    void allOfANewPeriodIsBeyondTheStore() {
        reserve(10, 100);
        Used before = used();
        clock.set("2026-11-30T00:00:00Z");
        reserve(3, 100);

        assertThat(counter.beyondStore(before)).contains(before);
        assertThat(counter.beyondStore(used())).contains(used());
    }

    private int reserve(int wanted, long limit) {
        return counter.reserve(wanted, limit, periods, clock.millis());
    }

    private Used used() {
        return counter.used(periods, clock.millis());
    }
}
