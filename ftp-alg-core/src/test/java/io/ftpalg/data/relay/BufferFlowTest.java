package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.relay.RelayPlan.Flow;
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
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BufferFlowTest {
    private final DataFixture fixture = new DataFixture(Kind.NIO);
    private final Wire client = fixture.listened();
    private final Wire server = fixture.dialled();
    private final SocketChannel toClient = fixture.call(((ChannelLeg) client.leg())::handOver);
    private final SocketChannel fromServer = fixture.call(((ChannelLeg) server.leg())::handOver);
    private final RelayMemory memory = new RelayMemory(64 << 20);
    private final BufferRelay relay =
            new BufferRelay(fixture.loop, toClient, fromServer, memory, DataFixture.plan(Flow.DOWNLOAD), end -> {});
    private final BufferFlow flow = new BufferFlow(
            relay,
            Side.CLIENT,
            fromServer,
            toClient,
            new HeldBytes(memory, 256 << 10),
            new Pacer(fixture.loop, List.of(), () -> {}),
            Optional.empty(),
            fixture.loop);

    BufferFlowTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.peer().close();
        server.peer().close();
        fixture.run(relay::abort);
        fixture.close();
    }

    @Test
    void writesWhatWasReadAndThenTheEnd() throws IOException {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[1_000]);
        fixture.run(() -> {
            flow.read(piece);
            flow.inputEnd();
            flow.passEnd();
        });

        assertThat(client.readAll()).hasSize(1_000);
        fixture.run(() -> {});
        assertThat(fixture.call(flow::written)).isEqualTo(1_000);
        assertThat(fixture.call(flow::inputEnded)).isTrue();
        assertThat(fixture.call(flow::shut)).isTrue();
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void isNotShutBeforeEverythingIsWritten() throws IOException {
        int size = 30_000_000;
        fixture.run(() -> {
            flow.read(Unpooled.wrappedBuffer(new byte[size]));
            flow.inputEnd();
            flow.passEnd();
        });
        assertThat(fixture.call(flow::shut)).isFalse();
        long before = fixture.call(flow::movement);

        assertThat(client.peer().getInputStream().readNBytes(20_000_000)).hasSize(20_000_000);
        assertThat(fixture.call(flow::movement))
                .as("moves while one large piece is written")
                .isGreaterThan(before);

        assertThat(client.readAll()).hasSize(size - 20_000_000);
        fixture.run(() -> {});
        assertThat(fixture.call(flow::shut)).isTrue();
    }

    @Test
    void keepsNothingOnceItDiscards() throws IOException {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[10]);
        fixture.run(() -> {
            flow.discard();
            flow.read(piece);
            flow.inputEnd();
            flow.passEnd();
        });

        assertThat(piece.refCnt()).isZero();
        assertThat(fixture.call(flow::inputEnded)).isTrue();
        assertThat(fixture.call(flow::written)).isZero();
        assertThat(fixture.call(flow::shut)).as("the end is not passed on").isFalse();
    }

    /** As behind a TLS handler: a read brings many pieces, whose writes end late and one by one. */
    @Test
    void asksForMoreOnlyWhenWritesThatEndLateHaveMadeRoom() {
        Queue<ChannelPromise> late = new ArrayDeque<>();
        AtomicInteger asked = new AtomicInteger();
        fixture.run(() -> {
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
        fixture.run(() -> through(late, 7));
        int withLittleRoom = asked.get();
        fixture.run(() -> through(late, 1));

        assertThat(whileAllWait).isZero();
        assertThat(withLittleRoom).isZero();
        assertThat(asked).hasPositiveValue();
        assertThat(fixture.call(memory::held)).isEqualTo(23 * (16 << 10));
        assertThat(fixture.call(flow::written)).isEqualTo(8 * (16 << 10));
        fixture.run(() -> through(late, 23));
        assertThat(fixture.call(memory::held)).isZero();
    }

    @Test
    void givesBackWhatItCouldNotWrite() {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[1_000]);
        fixture.run(() -> toClient.close());

        fixture.run(() -> flow.read(piece));

        assertThat(piece.refCnt()).isZero();
        assertThat(fixture.call(memory::held)).isZero();
        assertThat(fixture.call(flow::written)).isZero();
    }

    private static void through(Queue<ChannelPromise> writes, int count) {
        for (int i = 0; i < count; i++) {
            writes.remove().setSuccess();
        }
    }

    @Test
    void dropsWhatIsNoBytes() {
        fixture.run(() -> flow.read("not bytes"));

        assertThat(fixture.call(flow::movement)).isZero();
    }
}
