package io.ftpalg.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackSessionTest {

    @ParameterizedTest
    @CsvSource({
        "USER a, 331",
        "PASS b, 230",
        "TYPE I, 200",
        "PWD, 257",
        "SIZE f, 213",
        "EPSV, 229",
        "PASV, 227",
        "QUIT, 221",
        "X, 502"
    })
    void repliesTo(String command, String code) throws IOException {
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address());
                Socket client = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            client.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(replies.readLine()).startsWith("220 ");
            assertThat(replies.readLine()).startsWith(code + " ");
        }
    }

    @Test
    void endsBehindQuit() throws IOException {
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address());
                Socket client = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            client.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("220 ready\r\n221 bye\r\n");
        }
    }
}
