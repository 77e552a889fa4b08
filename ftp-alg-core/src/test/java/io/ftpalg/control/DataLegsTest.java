package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class DataLegsTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void downloadsInPassiveMode(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            try (Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files));
                    Socket file = begin(talk, "RETR f", files)) {
                file.getOutputStream().write(new byte[100_000]);
                file.shutdownOutput();
                talk.server().say("226 done");

                data.setSoTimeout(8_000);
                assertThat(data.getInputStream().readAllBytes()).hasSize(100_000);
            }
            assertThat(talk.client().receive()).isEqualTo("226 done");
            TransferFinished finished = network.event(TransferFinished.class);
            assertThat(finished.end()).isEqualTo(TransferEnd.COMPLETE);
            assertThat(finished.bytesToClient()).isEqualTo(100_000);
            assertThat(finished.bytesToServer()).isZero();
            assertThat(finished.dataPath()).contains(transport == Transport.EPOLL ? DataPath.SPLICE : DataPath.BUFFER);
        }
    }

    /** A client on the gateway's own host must not make it the client of itself. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void dialsNoPortOfTheGatewayItself(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                Talk other = network.talk();
                ServerSocket files = files()) {
            int open = passive(other, files);

            talk.client().say("PORT " + numbers(open));
            assertThat(talk.client().receive()).isEqualTo("501 Data address not allowed.");
            talk.client().say("PORT " + numbers(network.address().getPort()));
            assertThat(talk.client().receive()).isEqualTo("501 Data address not allowed.");
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 (" + numbers(open) + ")");
            assertThat(talk.client().receive()).startsWith("425 ");

            other.client().say("PASV");
            assertThat(other.server().receive()).isEqualTo("PASV");
            talk.client().say("PORT " + numbers(open));
            assertThat(talk.server().receive()).startsWith("PORT ");
        }
    }

    /** Both ends, why, and the host that the server named in vain. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void reportsAPortOfTheServerThatNobodyListensOn(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            InetSocketAddress nobody = TestNetwork.nobody();
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 ok (10,9,8,7," + nobody.getPort() / 256 + "," + nobody.getPort() % 256 + ")");
            assertThat(talk.client().receive()).isEqualTo("425 Can't open data connection.");

            assertThat(network.heard)
                    .filteredOn(DataConnectionFailed.class::isInstance)
                    .singleElement()
                    .isEqualTo(new DataConnectionFailed(
                            1,
                            Side.SERVER,
                            Optional.of(FtpVerb.PASV),
                            DataFailure.NOT_ACCEPTED,
                            false,
                            Optional.of(new InetSocketAddress(TestNetwork.LOCALHOST, 0)),
                            nobody,
                            IpLiteral.parse("10.9.8.7"),
                            "connection refused"));
        }
    }

    /** More than all socket buffers on the way: a server that writes its listing before its mark would wait for ever. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void downloadsWhatIsSentBeforeItsMark(Transport transport) throws IOException {
        int size = 40 << 20;
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files();
                Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files))) {
            talk.client().say("LIST");
            assertThat(talk.server().receive()).isEqualTo("LIST");
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> readToTheEnd(data));
            try (Socket listing = files.accept()) {
                listing.setSoTimeout(8_000);
                for (int i = 0; i < size >> 16; i++) {
                    listing.getOutputStream().write(new byte[1 << 16]);
                }
            }

            talk.server().say("150 here it was", "226 done");

            assertThat(talk.client().receive()).isEqualTo("150 here it was");
            assertThat(talk.client().receive()).isEqualTo("226 done");
            assertThat(TestNetwork.soon(received)).isEqualTo(size);
            assertThat(network.event(TransferFinished.class).bytesToClient()).isEqualTo(size);
        }
    }

    private static int readToTheEnd(Socket socket) {
        try {
            return Math.toIntExact(socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node of a cluster, and one beyond it. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void downloadsFromAnotherHostOfTheServersNetwork(Transport transport) throws IOException {
        PasvAddress cluster = PasvAddress.parse(List.of("127.0.0.8/31")).orElseThrow();
        try (TestNetwork network = new TestNetwork(transport, settings -> settings.withPasvAddress(cluster));
                Talk talk = network.talk();
                ServerSocket files = new ServerSocket(0, 5, IpLiteral.of(new byte[] {127, 0, 0, 9}))) {
            files.setSoTimeout(8_000);
            String port = files.getLocalPort() / 256 + "," + files.getLocalPort() % 256;
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 ok (127,0,0,10," + port + ")");
            assertThat(talk.client().receive()).startsWith("425 ");

            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 ok (127,0,0,9," + port + ")");
            try (Socket data = new Socket(
                            TestNetwork.LOCALHOST, port(inBrackets(talk.client().receive())));
                    Socket file = begin(talk, "RETR f", files)) {
                file.getOutputStream().write(new byte[1_000]);
                file.shutdownOutput();

                assertThat(data.getInputStream().readAllBytes()).hasSize(1_000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void uploadsInActiveMode(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket mine = files()) {
            talk.client().say("PORT " + numbers(mine.getLocalPort()));
            String port = talk.server().receive();
            assertThat(port).startsWith("PORT 127,0,0,1,").isNotEqualTo("PORT " + numbers(mine.getLocalPort()));
            talk.server().say("200 ok");
            assertThat(talk.client().receive()).startsWith("200 ");
            talk.client().say("STOR f");
            assertThat(talk.server().receive()).isEqualTo("STOR f");
            try (Socket file = new Socket(TestNetwork.LOCALHOST, port(port.substring(5)));
                    Socket data = begun(talk, mine)) {
                assertThat(talk.client().receive()).isEqualTo("150 go");
                data.getOutputStream().write(new byte[5_000]);
                data.shutdownOutput();

                file.setSoTimeout(8_000);
                assertThat(file.getInputStream().readAllBytes()).hasSize(5_000);
            }
            talk.server().say("226 done");
            assertThat(talk.client().receive()).isEqualTo("226 done");
            assertThat(network.event(TransferFinished.class).bytesToServer()).isEqualTo(5_000);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void tellsOfAStrangerAtThePassivePort(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            int port = passive(talk, files);
            InetSocketAddress strange = new InetSocketAddress(IpLiteral.of(new byte[] {127, 0, 0, 9}), 0);
            try (Socket unexpected = new Socket(TestNetwork.LOCALHOST, port, strange.getAddress(), 0)) {
                Rejected rejected = network.event(Rejected.class);
                assertThat(rejected.reason()).isEqualTo(Reason.FOREIGN_DATA_PEER);
                assertThat(rejected.peer()).isEqualTo(unexpected.getLocalSocketAddress());
            }

            try (Socket data = new Socket(TestNetwork.LOCALHOST, port);
                    Socket file = begin(talk, "RETR f", files)) {
                file.shutdownOutput();
                assertThat(data.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** Client and server both come from other addresses than those of their control connections. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void admitsOtherHostsOfBothSidesWhereTheyAreAllowed(Transport transport) throws IOException {
        DataPeers peers = DataPeers.parse(List.of("127.0.0.8/30")).orElseThrow();
        try (TestNetwork network = new TestNetwork(transport, settings -> settings.withDataPeers(peers));
                Talk talk = network.talk();
                ServerSocket mine = new ServerSocket(0, 5, IpLiteral.of(new byte[] {127, 0, 0, 9}))) {
            talk.client().say("PORT 127,0,0,9," + mine.getLocalPort() / 256 + ',' + mine.getLocalPort() % 256);
            String port = talk.server().receive();
            talk.server().say("200 ok");
            assertThat(talk.client().receive()).startsWith("200 ");
            talk.client().say("STOR f");
            assertThat(talk.server().receive()).isEqualTo("STOR f");
            try (Socket file = new Socket(
                            TestNetwork.LOCALHOST,
                            port(port.substring(5)),
                            IpLiteral.of(new byte[] {127, 0, 0, 10}),
                            0);
                    Socket data = begun(talk, mine)) {
                assertThat(talk.client().receive()).isEqualTo("150 go");
                data.getOutputStream().write(new byte[5_000]);
                data.shutdownOutput();

                file.setSoTimeout(8_000);
                assertThat(file.getInputStream().readAllBytes()).hasSize(5_000);
            }
            talk.server().say("226 done");
            assertThat(talk.client().receive()).isEqualTo("226 done");
        }
    }

    @Test
    void tellsThatTheAddressHoldsItsShareOfPorts() throws IOException {
        PassivePorts ports = PassivePorts.of(new PortRange(40_000, 40_099), 1);
        List<PassivePorts.Lease> others = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            others.add(ports.lease(TestNetwork.LOCALHOST).orElseThrow());
        }
        try (TestNetwork network = new TestNetwork(Transport.NIO, Limits.defaults(), ports);
                Talk one = network.talk();
                Talk other = network.talk();
                ServerSocket files = files()) {
            assertThat(passive(one, files)).isBetween(40_000, 40_099);

            other.client().say("PASV");
            assertThat(other.server().receive()).isEqualTo("PASV");
            other.server().say("227 ok (" + numbers(files.getLocalPort()) + ")");

            assertThat(other.client().receive()).startsWith("425 ");
            assertThat(network.event(Rejected.class).reason()).isEqualTo(Reason.PASSIVE_SHARE_OF_THIS_ADDRESS);
            others.forEach(PassivePorts.Lease::close);
            assertThat(ports.leased()).isEqualTo(1);
            one.client().close();
            await().atMost(TestNetwork.PATIENCE).until(() -> ports.leased() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void takesThePortsOfTheRouteAndThoseOfTheGatewayWhereItNamesNone(Transport transport) throws IOException {
        SocketSettings gateway = SocketSettings.DEFAULT
                .withPassivePorts(new PortRange(24_000, 24_049))
                .withSourcePorts(new PortRange(24_100, 24_149));
        SocketSettings route = SocketSettings.DEFAULT.withPassivePorts(new PortRange(24_050, 24_099));
        try (TestNetwork network = new TestNetwork(transport, gateway, route);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            assertThat(talk.server().socket.getPort()).as("control").isBetween(24_100, 24_149);
            int port = passive(talk, files);
            assertThat(port).as("towards the client").isBetween(24_050, 24_099);
            try (Socket data = new Socket(TestNetwork.LOCALHOST, port);
                    Socket file = begin(talk, "RETR f", files)) {
                assertThat(file.getPort()).as("dialled").isBetween(24_100, 24_149);
                reset(file);
                reset(data);
            }
            talk.server().say("426 cut");
            assertThat(talk.client().receive()).startsWith("426 ");
            talk.client().say("EPRT |1|127.0.0.1|" + files.getLocalPort() + "|");
            String asked = talk.server().receive();
            assertThat(Integer.parseInt(asked.split("\\|")[3]))
                    .as("listening: " + asked)
                    .isBetween(24_100, 24_149);
            talk.server().reset();
        }
    }

    /** R7: a port map in front of the gateway shifts the ports. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void announcesThePortsThatTheClientSees(Transport transport) throws IOException {
        SocketSettings sockets = SocketSettings.DEFAULT
                .withPassivePorts(new PortRange(24_300, 24_349))
                .withAnnouncedPorts(34_300);
        try (TestNetwork network = new TestNetwork(transport, sockets, SocketSettings.DEFAULT);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            int announced = passive(talk, files);
            assertThat(announced).isBetween(34_300, 34_349);
            try (Socket data = new Socket(TestNetwork.LOCALHOST, announced - 10_000);
                    Socket file = begin(talk, "RETR f", files)) {
                reset(file);
                reset(data);
            }
            talk.server().say("426 cut");
            assertThat(talk.client().receive()).startsWith("426 ");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void dialsTheClientFromThePortOfTheRoute(Transport transport) throws IOException {
        SocketSettings gateway = SocketSettings.DEFAULT.withActiveSourcePort(24_200);
        SocketSettings route = SocketSettings.DEFAULT.withActiveSourcePort(24_201);
        try (TestNetwork network = new TestNetwork(transport, gateway, route);
                Talk talk = network.talk();
                ServerSocket mine = files()) {
            talk.client().say("PORT " + numbers(mine.getLocalPort()));
            String port = talk.server().receive();
            talk.server().say("200 ok");
            assertThat(talk.client().receive()).startsWith("200 ");
            talk.client().say("RETR f");
            assertThat(talk.server().receive()).isEqualTo("RETR f");
            try (Socket file = new Socket(TestNetwork.LOCALHOST, port(port.substring(5)));
                    Socket data = begun(talk, mine)) {
                assertThat(data.getPort()).isEqualTo(24_201);
                reset(data);
                reset(file);
            }
        }
    }

    /** An end in order would leave ports in TIME_WAIT for the next test. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The session goes on without a data connection that would pass packet filters unmarked. */
    @Test
    void refusesATransferWhoseConnectionsCannotBeMarked() throws IOException {
        try (TestNetwork network =
                        new TestNetwork(Transport.NIO, SocketSettings.DEFAULT, SocketSettings.DEFAULT.withMark(7));
                Talk talk = network.talk();
                ServerSocket files = files()) {
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 ok (" + numbers(files.getLocalPort()) + ")");

            assertThat(talk.client().receive()).startsWith("425 ");
            talk.exchange("NOOP", "200 still there");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void tellsThatTheServersDataPortIsClosed(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().say("227 ok (" + numbers(TestNetwork.nobody().getPort()) + ")");

            assertThat(talk.client().receive()).isEqualTo("425 Can't open data connection.");
            talk.exchange("NOOP", "200 still there");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void cutsAStalledTransfer(Transport transport) throws IOException {
        Limits limits = Limits.builder().stallTimeout(Duration.ofMillis(100)).build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            try (Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files));
                    Socket file = begin(talk, "RETR f", files)) {
                file.setSoTimeout(8_000);
                data.setSoTimeout(8_000);

                assertThatThrownBy(() -> data.getInputStream().read()).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> file.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            assertThat(talk.client().receive()).startsWith("426 ");
            assertThat(network.event(TransferFinished.class).end()).isEqualTo(TransferEnd.STALLED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void cutsBothDataConnectionsWithTheClient(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            try (Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files));
                    Socket file = begin(talk, "STOR f", files)) {
                file.setSoTimeout(8_000);
                data.setSoTimeout(8_000);

                talk.client().reset();

                assertThatThrownBy(() -> file.getInputStream().read()).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> data.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    /** The control connection is reset while the server has not read what waits before the end of the upload. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void finishesAnUploadThatWasSentCompletelyBeforeTheClientWasGone(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            try (Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files));
                    Socket file = begin(talk, "STOR f", files)) {
                file.setSoTimeout(8_000);
                data.getOutputStream().write(new byte[2_000_000]);
                data.shutdownOutput();

                talk.client().reset();

                assertThat(file.getInputStream().readAllBytes()).hasSize(2_000_000);
                assertThat(network.admission.sessions()).as("still counted").isOne();
                talk.server().say("226 stored");
            }
            TransferFinished finished = network.event(TransferFinished.class);
            assertThat(finished.end()).isEqualTo(TransferEnd.COMPLETE);
            assertThat(finished.received()).contains(226);
            assertThat(finished.sent()).isEmpty();
            await().atMost(TestNetwork.PATIENCE).until(() -> network.sessions.size() == 0);
        }
    }

    /** Many clients close only after the final reply; it does not wait for them. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void doesNotWaitForAPassiveClientToCloseItsSide(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket files = files()) {
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                try (Socket data = new Socket(TestNetwork.LOCALHOST, passive(talk, files));
                        Socket file = begin(talk, "RETR f", files)) {
                    file.getOutputStream().write(new byte[100]);
                    file.shutdownOutput();
                    talk.server().say("226 done");

                    assertThat(talk.client().receive()).isEqualTo("226 done");
                    assertThat(data.getInputStream().readAllBytes()).hasSize(100);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("ten files")
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    static ServerSocket files() throws IOException {
        ServerSocket files = new ServerSocket(0, 5, TestNetwork.LOCALHOST);
        files.setSoTimeout(8_000);
        return files;
    }

    private static Socket accept(ServerSocket listener) throws IOException {
        Socket accepted = listener.accept();
        accepted.setSoTimeout(8_000);
        return accepted;
    }

    /** The server says that it begins; returns the client's end of its data connection. */
    private static Socket begun(Talk talk, ServerSocket mine) throws IOException {
        talk.server().say("150 go");
        return accept(mine);
    }

    /** Agrees on passive mode; returns the gateway's port. */
    static int passive(Talk talk, ServerSocket files) throws IOException {
        talk.client().say("PASV");
        assertThat(talk.server().receive()).isEqualTo("PASV");
        talk.server().say("227 ok (" + numbers(files.getLocalPort()) + ")");
        String reply = talk.client().receive();
        assertThat(reply).startsWith("227 ");
        int port = port(inBrackets(reply));
        assertThat(port).isNotEqualTo(files.getLocalPort());
        return port;
    }

    /** Starts a transfer; returns the server's end of its data connection. */
    static Socket begin(Talk talk, String command, ServerSocket files) throws IOException {
        talk.client().say(command);
        assertThat(talk.server().receive()).isEqualTo(command);
        Socket file = accept(files);
        talk.server().say("150 go");
        assertThat(talk.client().receive()).isEqualTo("150 go");
        return file;
    }

    static String numbers(int port) {
        return "127,0,0,1," + port / 256 + "," + port % 256;
    }

    private static String inBrackets(String reply) {
        return reply.substring(reply.indexOf('(') + 1, reply.indexOf(')'));
    }

    private static int port(String numbers) {
        String[] parts = numbers.split(",");
        return Integer.parseInt(parts[4]) * 256 + Integer.parseInt(parts[5]);
    }
}
