package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody else is at the data port first (RFC 2577 section 4): he gets nothing, and the client loses nothing. */
class UnexpectedPeerIT {
    private static final byte[] SECRET = Payload.bytes(50_000);

    @RegisterExtension
    static final World WORLD = new World();

    private final String name = UUID.randomUUID().toString();

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"PASV", "EPSV"})
    void getsNothingAtTheClientsPort(DataSyntax syntax) throws IOException {
        Gateway gateway = WORLD.gateway(ServerKind.APACHE);
        Payload.file(gateway.server().files().resolve(name), SECRET);

        try (RawFtp ftp = RawFtp.login(gateway.target());
                DataPort port = ftp.agree(syntax)) {
            ftp.send("RETR " + name);
            assertThat(receivedByStranger(port.address())).isEmpty();

            port.connect();
            assertThat(ftp.read().preliminary()).isTrue();
            assertThat(port.accept().getInputStream().readAllBytes()).isEqualTo(SECRET);
            port.accept().close();
            assertThat(ftp.read().completion()).isTrue();
        }
        assertThat(gateway.rejected())
                .anyMatch(rejected -> rejected.reason() == Reason.FOREIGN_DATA_PEER
                        && rejected.peer().getAddress().equals(Loopback.STRANGER));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"PORT", "EPRT"})
    void injectsNothingAtTheServersPort(DataSyntax server) throws IOException {
        Gateway gateway = WORLD.gateway(ServerKind.APACHE, false, false, ServerDataMode.valueOf(server.name()));
        Payload.file(gateway.server().files().resolve(name), SECRET);

        try (RawFtp ftp = RawFtp.login(gateway.target());
                DataPort port = ftp.agree(DataSyntax.PASV)) {
            // The one that is not for the client is for the server.
            List<Integer> forServer = WORLD.dataPorts().stream()
                    .filter(p -> p != port.address().getPort())
                    .toList();
            assertThat(forServer).hasSize(1);
            InetSocketAddress data = new InetSocketAddress(Loopback.GATEWAY, forServer.get(0));
            assertThat(receivedByStranger(data)).isEmpty();

            port.connect();
            assertThat(ftp.ask("RETR " + name).preliminary()).isTrue();
            assertThat(port.accept().getInputStream().readAllBytes()).isEqualTo(SECRET);
            port.accept().close();
            assertThat(ftp.read().completion()).isTrue();
        }
        await().until(() ->
                gateway.rejected().stream().anyMatch(rejected -> rejected.reason() == Reason.FOREIGN_DATA_PEER));
    }

    /** Returns what comes until the end, which may be a reset as early as in connecting. */
    private static byte[] receivedByStranger(InetSocketAddress port) throws IOException {
        try (Socket stranger = DataPort.connectFrom(port, Loopback.STRANGER)) {
            return stranger.getInputStream().readAllBytes();
        } catch (SocketException e) {
            return new byte[0];
        }
    }
}
