package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.channel.ReadSizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBytesTest {
    private static final int BUFFER = 256 << 10;
    private static final int SMALL = ReadSizer.SMALL;

    private final RelayMemory memory = new RelayMemory(10 << 20);
    private final HeldBytes held = new HeldBytes(memory, BUFFER);

    @Test
    void mayUseAllOfTheShareButASmallPieceForTheOtherDirection() {
        assertThat(held.room()).isEqualTo(2 * BUFFER - SMALL);
        assertThat(held.opposite().room()).isEqualTo(2 * BUFFER - SMALL);
    }

    @Test
    void leavesASmallPieceToTheOtherDirectionWhenItHoldsAllItMay() {
        held.take(held.room());

        assertThat(held.wantMore()).isFalse();
        assertThat(held.opposite().wantMore()).isTrue();
        assertThat(held.opposite().room()).isEqualTo(SMALL);
    }

    @Test
    void countsWhatTheOtherDirectionHoldsAndReads() {
        held.opposite().take(100_000);
        held.opposite().reading(50_000);

        assertThat(held.room()).isEqualTo(2 * BUFFER - 150_000);
    }

    @Test
    void readsOnWhileAPieceWaitsAsLongAsALargeOneHasRoom() {
        held.take(2 * BUFFER - SMALL - BUFFER / 2);
        boolean withRoom = held.wantMore();
        held.take(1);

        assertThat(withRoom).isTrue();
        assertThat(held.wantMore()).isFalse();
        held.giveBack(1);
        assertThat(held.wantMore()).isTrue();
    }

    @Test
    void readsSmallPiecesOneByOneBeyondTheBoundOfTheLoop() {
        memory.take(20 << 20);

        assertThat(held.room()).isEqualTo(SMALL);
        assertThat(held.wantMore()).isTrue();
        held.take(SMALL);
        assertThat(held.wantMore()).isFalse();
        held.giveBack(SMALL);
        assertThat(held.wantMore()).isTrue();
    }

    @Test
    void readsNoMoreThanIsLeftToTheLoop() {
        memory.take((10 << 20) - 100_000);

        assertThat(held.room()).isEqualTo(100_000);
    }

    @Test
    void countsEachReadOnceHoweverItsBufferChanges() {
        held.reading(100);
        held.reading(300);
        assertThat(memory.held()).isEqualTo(300);

        held.reading(0);
        held.take(300);
        assertThat(memory.held()).isEqualTo(300);
        assertThat(held.isWrittenOut()).isFalse();

        held.giveBack(300);
        assertThat(memory.held()).isZero();
        assertThat(held.isWrittenOut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, SMALL - 1, SMALL, SMALL + 1, Integer.MAX_VALUE})
    void takesAnyLimit(int buffer) {
        HeldBytes any = new HeldBytes(memory, buffer);

        assertThat(any.room()).isBetween(1, ReadSizer.LARGE);
        assertThat((long) any.room()).isLessThanOrEqualTo(2L * buffer);
        assertThat(any.wantMore()).isTrue();
    }
}
