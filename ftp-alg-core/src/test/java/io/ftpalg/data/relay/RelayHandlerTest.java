package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.channel.HoldingHandler;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RelayHandlerTest {
    private final DataFixture fixture = new DataFixture(Kind.NIO);
    private final Wire client = fixture.listened();
    private final Wire server = fixture.dialled();
    private final SocketChannel fromClient = fixture.call(((ChannelLeg) client.leg())::handOver);
    private final SocketChannel fromServer = fixture.call(((ChannelLeg) server.leg())::handOver);
    private final CompletableFuture<RelayResult> result = new CompletableFuture<>();
    private final RelayMemory memory = new RelayMemory(64 << 20);
    private final BufferRelay relay = new BufferRelay(
            fixture.loop, fromClient, fromServer, memory, DataFixture.plan(Flow.DOWNLOAD), result::complete);

    RelayHandlerTest() throws IOException {}

    @BeforeEach
    void start() {
        fixture.run(relay::start);
    }

    @AfterEach
    void close() throws IOException {
        client.peer().close();
        server.peer().close();
        fixture.run(relay::abort);
        fixture.close();
    }

    @Test
    void isLastInThePipelineAndNothingHoldsBeforeIt() {
        assertThat(fromClient.pipeline().last()).isInstanceOf(RelayHandler.class);
        assertThat(fromClient.pipeline().get(HoldingHandler.class)).isNull();
    }

    @Test
    void passesBytesToTheOtherSide() throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {42});

        fixture.run(() -> {
            fromServer.pipeline().fireChannelRead(bytes);
            fromServer.pipeline().fireChannelReadComplete();
        });

        assertThat(client.peer().getInputStream().read()).isEqualTo(42);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void passesTheEndToTheOtherSide() throws IOException {
        fixture.run(() -> fromServer.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));

        assertThat(client.peer().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void takesNoOtherEventForTheEnd() throws IOException {
        fixture.run(() -> fromServer.pipeline().fireUserEventTriggered("something else"));
        server.send(new byte[] {7});

        assertThat(client.peer().getInputStream().read()).isEqualTo(7);
    }

    @Test
    void takesAFaultForALostSide() throws IOException {
        server.send(new byte[] {7});
        assertThat(client.peer().getInputStream().read()).isEqualTo(7);

        fixture.run(() -> fromServer.pipeline().fireExceptionCaught(new IOException("made by a test")));

        assertThat(RecordingListener.soon(result).end()).isEqualTo(End.SERVER_RESET);
        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
    }

    /** Before a byte it is a server that had nothing to send: whether that is a failure its reply decides. */
    @Test
    void takesAFaultBeforeAByteForAnUnusedServer() throws IOException {
        fixture.run(() -> fromServer.pipeline().fireExceptionCaught(new IOException("made by a test")));

        assertThat(RecordingListener.soon(result).end()).isEqualTo(End.SERVER_UNUSED);
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void takesAClosedChannelForALostSide() {
        fixture.run(fromClient::close);

        assertThat(RecordingListener.soon(result).end()).isEqualTo(End.CLIENT_RESET);
    }

    @Test
    void dropsWhatComesAfterTheEndOfTheRelay() {
        fixture.run(relay::abort);
        ByteBuf late = Unpooled.wrappedBuffer(new byte[] {42});

        fixture.run(() -> relay.read(Side.SERVER, late));

        assertThat(late.refCnt()).isZero();
    }
}
