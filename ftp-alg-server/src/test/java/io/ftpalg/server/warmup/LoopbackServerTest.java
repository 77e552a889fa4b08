package io.ftpalg.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    @Test
    void listensOnThatAddressOnly() throws IOException {
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address())) {
            assertThat(server.address().getAddress()).isEqualTo(LoopbackFixture.address());
        }
    }

    @Test
    void closesItsConnectionsWithItself() throws IOException {
        LoopbackServer server = LoopbackServer.start(LoopbackFixture.address());
        try (Socket client =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            byte[] greeting = client.getInputStream().readNBytes("220 ready\r\n".length());
            server.close();

            assertThat(greeting).startsWith('2', '2', '0');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @RepeatedTest(50)
    void acceptsNoConnectionOnceItIsClosed() throws IOException {
        LoopbackServer server = LoopbackServer.start(LoopbackFixture.address());
        server.close();

        assertThatThrownBy(() -> new Socket(
                        server.address().getAddress(), server.address().getPort()))
                .isInstanceOf(ConnectException.class);
    }
}
