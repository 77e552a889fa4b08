package io.ftpalg.server.warmup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoopbackClientTest {

    @Test
    void hasSessionsOfEachKindWithTheServer() throws IOException {
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address())) {
            LoopbackClient client = new LoopbackClient(server.address());

            // Eight have all transfers, by PASV and by EPSV.
            assertThatCode(() -> {
                        for (int i = 0; i < 8; i++) {
                            client.session();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void failsWithTheReplyThatItDidNotExpect() throws IOException {
        try (ServerSocket refusing = new ServerSocket(0, 1, LoopbackFixture.address())) {
            CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> {
                try (Socket client = refusing.accept()) {
                    client.getOutputStream().write("421 too many\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            LoopbackClient client =
                    new LoopbackClient(new InetSocketAddress(refusing.getInetAddress(), refusing.getLocalPort()));

            assertThatThrownBy(client::session).hasMessage("expected 220, not 421 too many");
            refused.join();
        }
    }
}
