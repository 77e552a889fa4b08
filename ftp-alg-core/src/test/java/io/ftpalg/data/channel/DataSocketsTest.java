package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class DataSocketsTest {

    @Test
    void armsAndHoldsADataConnectionFromTheStart() {
        NioSocketChannel socket = new NioSocketChannel();

        DataSockets.prepare(socket);

        assertThat(socket.config().getSoLinger()).isZero();
        assertThat(socket.config().isAutoRead()).isFalse();
        assertThat(socket.config().isAllowHalfClosure()).isTrue();
        assertThat(socket.pipeline().first()).isInstanceOf(HoldingHandler.class);
        DataSockets.abort(socket);
        assertThat(socket.isOpen()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.data.channel.ChannelListenTest#kinds")
    void resetsUnlessItIsClosedInOrder(Kind kind) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire ended = fixture.listened();
            Wire cut = fixture.dialled();
            SocketChannel one = fixture.call(((ChannelLeg) ended.leg())::handOver);
            SocketChannel other = fixture.call(((ChannelLeg) cut.leg())::handOver);

            fixture.run(() -> DataSockets.close(one));
            fixture.run(() -> DataSockets.abort(other));

            assertThat(ended.readAll()).isEmpty();
            assertThatThrownBy(cut::readAll).isInstanceOf(SocketException.class);
            ended.peer().close();
        }
    }

    @Test
    void endsWhatIsClosedAlready() {
        NioSocketChannel socket = new NioSocketChannel();
        socket.unsafe().closeForcibly();

        DataSockets.close(socket);
        DataSockets.abort(socket);
        DataSockets.refuse(socket);

        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void tellsNoAddressOfWhatHasNone() {
        NioSocketChannel socket = new NioSocketChannel();

        assertThat(DataSockets.remote(socket)).isNull();
        DataSockets.abort(socket);
        EmbeddedChannel embedded = new EmbeddedChannel();
        DataSockets.abort(embedded);
        assertThat(embedded.isOpen()).isFalse();
    }
}
