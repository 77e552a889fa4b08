package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.Bed.Wire;
import io.ftpalg.data.RelayPlan.Flow;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final BufferFlow flow =
            new BufferFlow(relay, Side.CLIENT, fromServer, toClient, new HeldBytes(memory, 256 << 10));

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

    /** As behind a TLS handler: a read brings many pieces, whose writes end late and one by one. */
    @Test
    void asksForMoreOnlyWhenWritesThatEndLateHaveMadeRoom() {
        Queue<ChannelPromise> late = new ArrayDeque<>();
        AtomicInteger asked = new AtomicInteger();
        bed.run(() -> {
            toClient.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                    ReferenceCountUtil.release(msg);
                    late.add(promise);
                }
            });
            fromServer.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext ctx) {
                    asked.incrementAndGet();
                }
            });
            for (int i = 0; i < 31; i++) {
                flow.read(Unpooled.wrappedBuffer(new byte[16 << 10]));
            }
            flow.readComplete();
        });
        int whileAllWait = asked.get();
        bed.run(() -> through(late, 7));
        int withLittleRoom = asked.get();
        bed.run(() -> through(late, 1));

        assertThat(whileAllWait).isZero();
        assertThat(withLittleRoom).isZero();
        assertThat(asked).hasPositiveValue();
        assertThat(bed.call(memory::held)).isEqualTo(23 * (16 << 10));
        assertThat(bed.call(flow::written)).isEqualTo(8 * (16 << 10));
        bed.run(() -> through(late, 23));
        assertThat(bed.call(memory::held)).isZero();
    }

    @Test
    void givesBackWhatItCouldNotWrite() {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[1_000]);
        bed.run(() -> toClient.close());

        bed.run(() -> flow.read(piece));

        assertThat(piece.refCnt()).isZero();
        assertThat(bed.call(memory::held)).isZero();
        assertThat(bed.call(flow::written)).isZero();
    }

    private static void through(Queue<ChannelPromise> writes, int count) {
        for (int i = 0; i < count; i++) {
            writes.remove().setSuccess();
        }
    }

    @Test
    void dropsWhatIsNoBytes() {
        bed.run(() -> flow.read("not bytes"));

        assertThat(bed.call(flow::movement)).isZero();
    }
}
