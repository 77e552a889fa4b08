package io.ftpalg.control.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ServerReadsTest {
    private final ReplyOrder order = new ReplyOrder();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RecvByteBufAllocator.ExtendedHandle reads = new ServerReads(100, order).newHandle();

    private boolean readsOn(int bytes) {
        ByteBuf buffer = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
        assertThat(buffer.capacity()).isEqualTo(100);
        buffer.release();
        reads.attemptedBytesRead(100);
        reads.lastBytesRead(bytes);
        reads.incMessagesRead(1);
        return reads.continueReading();
    }

    @Test
    void readsOnePieceWhereNoCommandWaits() {
        reads.reset(channel.config());

        assertThat(readsOn(100)).isFalse();
    }

    @Test
    void readsUntilNothingIsThereWhileACommandWaits() {
        order.written();
        reads.reset(channel.config());

        assertThat(readsOn(100)).isTrue();
        assertThat(readsOn(7)).isTrue();
        assertThat(readsOn(0)).isFalse();
    }

    @Test
    void stopsWhereTheServerNeverDoes() {
        order.written();
        reads.reset(channel.config());
        int count = 1;
        while (readsOn(100)) {
            count++;
        }

        assertThat(count).isEqualTo(ServerReads.MOST_READS);
        reads.reset(channel.config());
        assertThat(readsOn(100)).isTrue();
    }

    /** A client that does not read keeps the server from being read. */
    @Test
    void stopsWhereTheServerIsNotToBeRead() {
        order.written();
        reads.reset(channel.config());
        channel.config().setAutoRead(false);

        assertThat(readsOn(100)).isFalse();
    }
}
