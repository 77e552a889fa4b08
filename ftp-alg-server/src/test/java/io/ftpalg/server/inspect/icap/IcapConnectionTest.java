package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IcapConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final IcapConnection connection = new IcapConnection(channel);
    private final List<String> events = new ArrayList<>();
    private final IcapReplies replies = new IcapReplies() {
        @Override
        public void onHead(IcapHead head, Encapsulated follows) {
            events.add("head " + head.code());
        }

        @Override
        public void onHttp(Encapsulated.Kind kind, String startLine) {
            events.add(startLine);
        }

        @Override
        public void onBody(ByteBuf piece) {
            events.add(piece.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void onEnd() {
            events.add("end");
        }

        @Override
        public void onFailure(String reason) {
            events.add(reason);
        }
    };

    IcapConnectionTest() {
        channel.pipeline().addLast(connection);
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void passesRepliesOn() {
        connection.begin(replies);
        receive("ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=14\r\n\r\nHTTP/1.1 200\r\n1\r\na\r\n0\r\n\r\n");

        assertThat(events).containsExactly("head 200", "HTTP/1.1 200", "a", "end");
    }

    @Test
    void isClosedByBytesThatNothingAskedFor() {
        receive("x");

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void reportsWhatIsNoIcapAndCloses() {
        connection.begin(replies);
        receive("hello\r\n");

        assertThat(events).containsExactly("sent no ICAP status line");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void reportsThatTheServiceClosed() {
        connection.begin(replies);
        channel.close();

        assertThat(events).containsExactly("closed the connection");
    }

    @Test
    void reportsAReset() {
        connection.begin(replies);
        channel.pipeline().fireExceptionCaught(new java.io.IOException("reset"));

        assertThat(events).containsExactly("reset the connection");
    }

    @Test
    void reportsNothingOfWhatItClosedItself() {
        connection.begin(replies);
        connection.close();

        assertThat(events).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }
}
