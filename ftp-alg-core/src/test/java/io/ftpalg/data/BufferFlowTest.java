package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.Bed.Wire;
import io.ftpalg.data.RelayPlan.Flow;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BufferFlowTest {
    private final Bed bed = new Bed(Kind.NIO);
    private final Wire client = bed.listened();
    private final Wire server = bed.dialled();
    private final SocketChannel toClient = bed.call(((ChannelLeg) client.leg())::handOver);
    private final SocketChannel fromServer = bed.call(((ChannelLeg) server.leg())::handOver);
    private final RelayMemory memory = new RelayMemory(64 << 20);
    private final BufferRelay relay =
            new BufferRelay(bed.loop, toClient, fromServer, memory, Bed.plan(Flow.DOWNLOAD), end -> { });
    private final BufferFlow flow = new BufferFlow(relay, Side.CLIENT, fromServer, toClient, new HeldBytes(memory, 256 << 10));

    BufferFlowTest() throws IOException {
    }

    @AfterEach
    void close() throws IOException {
        client.peer().close();
        server.peer().close();
        bed.run(relay::abort);
        bed.close();
    }

    @Test
    void writesWhatWasReadAndThenTheEnd() throws IOException {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[1_000]);
        bed.run(() -> {
            flow.read(piece);
            flow.inputEnd();
        });

        assertThat(client.readAll()).hasSize(1_000);
        bed.run(() -> { });
        assertThat(bed.call(flow::written)).isEqualTo(1_000);
        assertThat(bed.call(flow::inputEnded)).isTrue();
        assertThat(bed.call(flow::shut)).isTrue();
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void isNotShutBeforeEverythingIsWritten() throws IOException {
        int size = 30_000_000;
        bed.run(() -> {
            flow.read(Unpooled.wrappedBuffer(new byte[size]));
            flow.inputEnd();
        });
        assertThat(bed.call(flow::shut)).isFalse();
        long before = bed.call(flow::movement);

        assertThat(client.peer().getInputStream().readNBytes(20_000_000)).hasSize(20_000_000);
        assertThat(bed.call(flow::movement)).as("moves while one large piece is written").isGreaterThan(before);

        assertThat(client.readAll()).hasSize(size - 20_000_000);
        bed.run(() -> { });
        assertThat(bed.call(flow::shut)).isTrue();
    }

    @Test
    void keepsNothingOnceItDiscards() throws IOException {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[10]);
        bed.run(() -> {
            flow.discard();
            flow.read(piece);
            flow.inputEnd();
        });

        assertThat(piece.refCnt()).isZero();
        assertThat(bed.call(flow::inputEnded)).isTrue();
        assertThat(bed.call(flow::written)).isZero();
        assertThat(bed.call(flow::shut)).as("the end is not passed on").isFalse();
    }

    @Test
    void dropsWhatIsNoBytes() {
        bed.run(() -> flow.read("not bytes"));

        assertThat(bed.call(flow::movement)).isZero();
    }
}
