package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import org.junit.jupiter.api.Test;

class ReadSizerTest {
    private static final int SMALL = ReadSizer.SMALL;

    private final Room room = new Room();
    private final ReadSizer sizer = new ReadSizer();
    private final ExtendedHandle handle = sizer.newHandle();

    @Test
    void readsSmallPiecesBeforeThereIsARelay() {
        read(SMALL);

        assertThat(handle.guess()).isEqualTo(SMALL);
    }

    @Test
    void growsWithFullReadsToTheLargest() {
        sizer.countIn(room);

        for (int size = SMALL; size < ReadSizer.LARGE; size *= 4) {
            assertThat(handle.guess()).isEqualTo(size);
            read(size);
        }
        read(ReadSizer.LARGE);

        assertThat(handle.guess()).isEqualTo(ReadSizer.LARGE);
    }

    @Test
    void doesNotGrowWhileWhatWasReadIsNotWritten() {
        sizer.countIn(room);
        room.writtenOut = false;
        read(SMALL);
        int waiting = handle.guess();
        room.writtenOut = true;
        read(SMALL);

        assertThat(waiting).isEqualTo(SMALL);
        assertThat(handle.guess()).isEqualTo(4 * SMALL);
    }

    @Test
    void keepsItsSizeThroughOneScantReadAndShrinksAfterTwo() {
        sizer.countIn(room);
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
        room.free = 1_000;
        sizer.countIn(room);

        assertThat(handle.guess()).isEqualTo(1_000);
    }

    @Test
    void countsABufferFromItsMakingToItsRead() {
        sizer.countIn(room);

        ByteBuf buffer = handle.allocate(ByteBufAllocator.DEFAULT);
        long during = room.reading;
        handle.lastBytesRead(-1);
        buffer.release();

        assertThat(during).isEqualTo(buffer.capacity());
        assertThat(room.reading).isZero();
    }

    @Test
    void countsNothingAfterTheRelay() {
        sizer.countIn(room);
        ByteBuf pending = handle.allocate(ByteBufAllocator.DEFAULT);
        sizer.countNoMore();
        ByteBuf late = handle.allocate(ByteBufAllocator.DEFAULT);

        assertThat(room.reading).isZero();
        pending.release();
        late.release();
    }

    private void read(int got) {
        handle.attemptedBytesRead(handle.guess());
        handle.lastBytesRead(got);
    }

    private static final class Room implements ReadSizer.Room {
        private int free = 8 << 20;
        private boolean writtenOut = true;
        private int reading;

        @Override
        public int room() {
            return free;
        }

        @Override
        public boolean isWrittenOut() {
            return writtenOut;
        }

        @Override
        public void reading(int capacity) {
            reading = capacity;
        }
    }
}
