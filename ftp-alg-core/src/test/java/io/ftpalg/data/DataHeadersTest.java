package io.ftpalg.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.leg.DataHeaders;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.DataFailure;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data connections of a balancer, which names their peer: DataPeerFilter, RawListen, RawHeader. */
@ParameterizedClass
@MethodSource("io.ftpalg.data.Kind#available")
@Timeout(60)
@ExtendWith(NettyLeakDetectorExtension.class)
class DataHeadersTest {
    private static final InetAddress CLIENT = DataFixture.address("192.0.2.7");
    private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.2 40000 50000\r\n";
    private static final String V2 = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u0011\u00c0\0\2\7\u00c63d\2\u009c@\u00c3P\5\0\2id";
    private static final String OTHER = "PROXY TCP4 192.0.2.8 198.51.100.2 40000 50000\r\n";

    private final DataFixture fixture;
    private final RecordingListener heard = new RecordingListener();

    DataHeadersTest(Kind kind) {
        this.fixture = new DataFixture(kind);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    private DataLeg listen(int unexpectedPeers, Duration timeout) {
        return fixture.call(() -> fixture.channels.listen(
                ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, CLIENT, unexpectedPeers)
                        .withHeaders(Optional.of(new DataHeaders(InetAddress::isLoopbackAddress, timeout))),
                heard));
    }

    private DataLeg listen() {
        return listen(3, Duration.ofSeconds(30));
    }

    private Socket connect() throws IOException {
        InetSocketAddress port = heard.listening();
        Socket socket = new Socket(port.getAddress(), port.getPort());
        socket.setSoTimeout(8_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** L8: no byte behind the header is lost, nor one of it left, however they arrive. */
    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void takesTheBytesBehindTheHeaderAsTheFile(String header) throws IOException {
        byte[] file = new byte[1_000_000];
        new Random(5).nextBytes(file);
        DataLeg leg = listen();
        try (Socket balancer = connect()) {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.write(header.getBytes(ISO_8859_1));
            first.write(file, 0, 1000);
            balancer.getOutputStream().write(first.toByteArray());

            assertThat(heard.connected()).isEqualTo(new InetSocketAddress(CLIENT, 40000));

            Wire writer = new Wire(leg, balancer);
            Wire reader = fixture.dialled();
            Joined joined = fixture.join(writer, reader, DataFixture.plan(Flow.UPLOAD));
            Thread sender = new Thread(() -> {
                try {
                    balancer.getOutputStream().write(file, 1000, file.length - 1000);
                    writer.fin();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            assertThat(reader.readAll()).isEqualTo(file);
            reader.fin();
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        }
    }

    @Test
    void takesAnEmptyFileBehindTheHeader() throws IOException {
        DataLeg leg = listen();
        try (Socket balancer = connect()) {
            send(balancer, V2);
            balancer.shutdownOutput();

            assertThat(heard.connected()).isEqualTo(new InetSocketAddress(CLIENT, 40000));

            Wire reader = fixture.dialled();
            Joined joined = fixture.join(new Wire(leg, balancer), reader, DataFixture.plan(Flow.UPLOAD));
            assertThat(reader.readAll()).isEmpty();
            reader.fin();
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void readsAHeaderThatComesByteByByte(String header) throws IOException {
        DataLeg leg = listen();
        try (Socket balancer = connect()) {
            for (int i = 0; i < header.length(); i++) {
                send(balancer, header.substring(i, i + 1));
            }

            assertThat(heard.connected()).isEqualTo(new InetSocketAddress(CLIENT, 40000));
            assertThat(heard.heard).containsExactly("listening", "connected");
            fixture.run(leg::abort);
        }
    }

    @Test
    void refusesWhomTheHeaderNamesIfThatIsNotTheClient() throws IOException {
        DataLeg leg = listen();
        try (Socket other = connect()) {
            send(other, OTHER);
            assertCut(other);
        }
        try (Socket balancer = connect()) {
            send(balancer, V1);
            assertThat(heard.connected()).isEqualTo(new InetSocketAddress(CLIENT, 40000));
        }

        assertThat(heard.heard).containsExactly("listening", "unexpected", "connected");
        assertThat(heard.unexpectedPeers).containsExactly(new InetSocketAddress("192.0.2.8", 40000));
        fixture.run(leg::abort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIVE ME THE FILE", "PROXY TCP4 192.0.2.7\r\n", "PROXY UNKNOWN\r\n"})
    void refusesABalancerThatNamesNobody(String bytes) throws IOException {
        DataLeg leg = listen();
        try (Socket broken = connect()) {
            send(broken, bytes);
            assertCut(broken);
            await().atMost(DataFixture.SECONDS).until(() -> heard.unexpectedPeers.size() == 1);
            assertThat(heard.unexpectedPeers).containsExactly((InetSocketAddress) broken.getLocalSocketAddress());
        }
        fixture.run(leg::abort);
    }

    @Test
    void refusesABalancerWhoseHeaderIsLate() throws IOException {
        DataLeg leg = listen(3, Duration.ofMillis(300));
        try (Socket slow = connect()) {
            send(slow, "PROXY TCP4 192");
            assertCut(slow);
        }
        fixture.run(leg::abort);
    }

    /** Slow headers take no place: the client's own connection gets in beside them, and they end with the port. */
    @Test
    void waitsForSeveralHeadersAtATimeAndNoMore() throws IOException {
        DataLeg leg = listen(2, Duration.ofSeconds(30));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < DataHeaders.MOST - 1; i++) {
                slow.add(connect());
                send(slow.get(i), "PROXY TCP4");
            }
            try (Socket balancer = connect();
                    Socket beyond = connect()) {
                assertCut(beyond);
                send(balancer, V1);
                assertThat(heard.connected()).isEqualTo(new InetSocketAddress(CLIENT, 40000));
                for (Socket one : slow) {
                    assertCut(one);
                }
            }
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
        fixture.run(leg::abort);
    }

    @Test
    void endsWhatItWaitsForWithThePort() throws IOException {
        DataLeg leg = listen();
        try (Socket slow = connect()) {
            send(slow, "PROXY TCP4");
            fixture.awaitTheLoop();

            fixture.run(leg::close);

            assertCut(slow);
        }
        assertThat(heard.heard).containsExactly("listening");
    }

    @Test
    void givesThePortUpAfterTooManyBrokenHeaders() throws IOException {
        listen(2, Duration.ofSeconds(30));
        for (int i = 0; i < 2; i++) {
            try (Socket broken = connect()) {
                send(broken, "GIVE ME THE FILE");
                assertCut(broken);
            }
        }

        assertThat(heard.failed()).isEqualTo(DataFailure.UNEXPECTED_PEERS);
    }

    private static void assertCut(Socket socket) throws IOException {
        int read;
        try {
            read = socket.getInputStream().read();
        } catch (SocketException e) {
            read = -1;
        }
        assertThat(read).isEqualTo(-1);
    }
}
