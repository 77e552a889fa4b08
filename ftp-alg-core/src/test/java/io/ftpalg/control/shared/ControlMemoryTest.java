package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.shared.ControlMemory.Account;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlMemoryTest {
    private static final int LIMIT = 100 << 10;

    private final ControlMemory memory = new ControlMemory();
    private final List<String> closed = new ArrayList<>();

    private Account open(String name) {
        return memory.open(() -> closed.add(name));
    }

    @Test
    void countsWhatAllHoldTogether() {
        Account one = open("one");
        Account other = open("other");

        one.set(8000, LIMIT);
        other.set(5000, LIMIT);
        one.set(2000, LIMIT);

        assertThat(memory.held()).isEqualTo(7000);
    }

    @Test
    void countsNoSmallChanges() {
        Account account = open("one");

        account.set(ControlMemory.STEP - 1, LIMIT);
        assertThat(memory.held()).isZero();

        account.set(ControlMemory.STEP, LIMIT);
        assertThat(memory.held()).isEqualTo(ControlMemory.STEP);
    }

    @Test
    void givesBackWhatAClosedSessionHeld() {
        Account account = open("one");
        account.set(50_000, LIMIT);

        account.close();
        account.close();

        assertThat(memory.held()).isZero();
    }

    @Test
    void closesNobodyAtTheLimit() {
        open("one").set(LIMIT / 2, LIMIT);
        open("other").set(LIMIT / 2, LIMIT);

        assertThat(closed).isEmpty();
    }

    @Test
    void closesTheLargestAboveTheLimitUntilAQuarterIsFree() {
        open("small").set(2 << 10, LIMIT);
        open("large").set(50 << 10, LIMIT);
        open("middle").set(20 << 10, LIMIT);

        open("growing").set(29 << 10, LIMIT);

        assertThat(closed).containsExactly("large");
    }

    @Test
    void closesSeveralWhereOneIsNotEnough() {
        for (int i = 0; i < 10; i++) {
            open("holder").set(10 << 10, LIMIT);
        }
        open("holder").set(2 << 10, LIMIT);

        assertThat(closed).hasSize(3);
    }

    @Test
    void asksNobodyToCloseTwice() {
        Account large = open("large");
        large.set(LIMIT + ControlMemory.STEP, LIMIT);
        await();

        large.set(LIMIT + 2 * ControlMemory.STEP, LIMIT);

        assertThat(closed).containsExactly("large");
    }

    /** Reliefs are some milliseconds apart. */
    private static void await() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 10_000_000) {
            Thread.onSpinWait();
        }
    }

    @Test
    void readsNoMoreOfThoseThatHoldMuchWhileLittleIsFree() {
        Account large = open("large");
        Account small = open("small");
        assertThat(large.set(70 << 10, LIMIT)).isTrue();

        assertThat(small.set(6 << 10, LIMIT)).isTrue();
        assertThat(large.set(70 << 10, LIMIT)).isFalse();

        small.close();
        assertThat(large.set(70 << 10, LIMIT)).isTrue();
    }

    @Test
    void readsOnOfThoseThatHoldNothing() {
        open("large").set(LIMIT, LIMIT);

        assertThat(open("idle").set(200, LIMIT)).isTrue();
    }
}
