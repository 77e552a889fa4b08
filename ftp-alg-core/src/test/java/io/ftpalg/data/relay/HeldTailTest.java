package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldTailTest {
    private final RelayMemory memory = new RelayMemory(1 << 20);
    private final HeldBytes held = new HeldBytes(memory, 256 << 10);
    private final ByteBuf passed = Unpooled.buffer();
    private final HeldTail tail = new HeldTail(held, (bytes, capacity) -> {
        passed.writeBytes(bytes);
        bytes.release();
        held.giveBack(capacity);
    });

    @AfterEach
    void close() {
        tail.drop();
        assertThat(memory.held()).isZero();
    }

    private void advance(int first, int size, int kept) {
        ByteBuf piece = Unpooled.buffer(size);
        for (int i = 0; i < size; i++) {
            piece.writeByte(first + i);
        }
        held.take(piece.capacity());
        tail.advance(piece, kept);
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "4", "6", "7", "10"})
    void passesTheFirstBytesInOrder(int count) {
        advance(0, 7, 100);
        advance(7, 3, 100);

        tail.pass(count);
        tail.pass(tail.readable());

        assertThat(passed.readableBytes()).isEqualTo(10);
        assertThat(passed.getByte(9)).isEqualTo((byte) 9);
        assertThat(passed.getByte(count - 1)).isEqualTo((byte) (count - 1));
    }

    @Test
    void keepsTheLastBytesOfWhatComes() {
        advance(0, 7, 5);
        advance(7, 1, 5);
        advance(8, 20, 5);

        assertThat(passed.readableBytes()).isEqualTo(23);
        assertThat(tail.readable()).isEqualTo(5);
    }

    @Test
    void countsWhatWasDetachedUntilItIsReleased() {
        advance(0, 7, 100);

        ByteBuf all = tail.detach().orElseThrow();
        long counted = memory.held();
        tail.release(all);

        assertThat(counted).isEqualTo(7);
        assertThat(tail.readable()).isZero();
    }

    @Test
    void hasNothingToDetachAtFirst() {
        assertThat(tail.detach()).isEmpty();
    }
}
