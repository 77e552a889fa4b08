package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import org.junit.jupiter.api.Test;

class ReadSizerTest {
    private static final int SMALL = ReadSizer.SMALL;

    private final RelayMemory memory = new RelayMemory(100 << 20);
    private final HeldBytes held = new HeldBytes(memory, 8 << 20);
    private final ReadSizer sizer = new ReadSizer();
    private final ExtendedHandle handle = sizer.newHandle();

    @Test
    void readsSmallPiecesBeforeThereIsARelay() {
        read(SMALL);

        assertThat(handle.guess()).isEqualTo(SMALL);
    }

    @Test
    void growsWithFullReadsToTheLargest() {
        sizer.countIn(held);

        for (int size = SMALL; size < ReadSizer.LARGE; size *= 4) {
            assertThat(handle.guess()).isEqualTo(size);
            read(size);
        }
        read(ReadSizer.LARGE);

        assertThat(handle.guess()).isEqualTo(ReadSizer.LARGE);
    }

    @Test
    void doesNotGrowWhileWhatWasReadIsNotWritten() {
        sizer.countIn(held);
        held.take(1);
        read(SMALL);
        int waiting = handle.guess();
        held.giveBack(1);
        read(SMALL);

        assertThat(waiting).isEqualTo(SMALL);
        assertThat(handle.guess()).isEqualTo(4 * SMALL);
    }

    @Test
    void keepsItsSizeThroughOneScantReadAndShrinksAfterTwo() {
        sizer.countIn(held);
        read(SMALL);
        int grown = handle.guess();
        read(10);
        int afterOne = handle.guess();
        read(10);

        assertThat(grown).isEqualTo(4 * SMALL);
        assertThat(afterOne).isEqualTo(4 * SMALL);
        assertThat(handle.guess()).isEqualTo(2 * SMALL);
        for (int i = 0; i < 20; i++) {
            read(10);
        }
        assertThat(handle.guess()).isEqualTo(SMALL);
    }

    @Test
    void neverReadsMoreThanThereIsRoomFor() {
        sizer.countIn(new HeldBytes(memory, 1_000));

        assertThat(handle.guess()).isEqualTo(1_000);
    }

    @Test
    void countsABufferFromItsMakingToItsRead() {
        sizer.countIn(held);

        ByteBuf buffer = handle.allocate(ByteBufAllocator.DEFAULT);
        long during = memory.held();
        handle.lastBytesRead(-1);
        buffer.release();

        assertThat(during).isEqualTo(buffer.capacity());
        assertThat(memory.held()).isZero();
    }

    @Test
    void countsNothingAfterTheRelay() {
        sizer.countIn(held);
        ByteBuf pending = handle.allocate(ByteBufAllocator.DEFAULT);
        sizer.countNoMore();
        ByteBuf late = handle.allocate(ByteBufAllocator.DEFAULT);

        assertThat(memory.held()).isZero();
        pending.release();
        late.release();
    }

    private void read(int got) {
        handle.attemptedBytesRead(handle.guess());
        handle.lastBytesRead(got);
    }
}
