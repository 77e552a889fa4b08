package io.ftpalg.control.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsRecordBytesTest {
    private final TlsRecordBytes record = new TlsRecordBytes();
    private final EmbeddedChannel channel = new EmbeddedChannel(record);

    @AfterEach
    void passesEverythingOn() {
        channel.finishAndReleaseAll();
    }

    private void receive(ByteBuf bytes) {
        int size = bytes.readableBytes();
        channel.writeInbound(bytes);
        ByteBuf passed = channel.readInbound();
        assertThat(passed.readableBytes()).isEqualTo(size);
        passed.release();
    }

    private static ByteBuf records(int... lengths) {
        ByteBuf bytes = Unpooled.buffer();
        for (int length : lengths) {
            bytes.writeByte(23).writeShort(0x0303).writeShort(length).writeZero(length);
        }
        return bytes;
    }

    @Test
    void aWholeRecordIsHeldByNobody() {
        receive(records(100));
        assertThat(record.held()).isZero();

        receive(records(1, 16_384, 0));
        assertThat(record.held()).isZero();
    }

    @Test
    void countsWhatIsThereOfARecord() {
        ByteBuf all = records(300, 16_384);

        receive(all.readRetainedSlice(3));
        assertThat(record.held()).isEqualTo(3);
        receive(all.readRetainedSlice(300));
        assertThat(record.held()).isEqualTo(303);
        receive(all.readRetainedSlice(12));
        assertThat(record.held()).isEqualTo(10);
        receive(all.readRetainedSlice(16_000));
        assertThat(record.held()).isEqualTo(16_010);
        receive(all);
        assertThat(record.held()).isZero();
    }

    @Test
    void isTheSameHoweverTheRecordsAreCut() {
        Random random = new Random(4);
        ByteBuf all = records(random.ints(50, 0, 2_000).toArray());
        while (all.isReadable()) {
            receive(all.readRetainedSlice(Math.min(1 + random.nextInt(700), all.readableBytes())));
        }
        all.release();

        assertThat(record.held()).isZero();
    }
}
