package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel says of the gateway's sockets in a transfer: {@code ss} shows their marks, and bits of service. */
class SocketSettingsIT {
    private static final String MARKED = "fwmark:0x1092";
    private static final String TOS = "tos:0xb8";
    /** More than the buffers of all sockets hold: the transfer is under way until the client reads it. */
    private static final byte[] LARGE = Payload.bytes(60_000_000);

    private static final SocketSettings SETTINGS = SocketSettings.DEFAULT
            .withMark(0x1092)
            .withDscp(46)
            .withPassivePorts(new PortRange(25_000, 25_049))
            .withSourcePorts(new PortRange(25_100, 25_149));

    @RegisterExtension
    static final World WORLD = new World();

    @TempDir
    private Path folder;

    private final String name = UUID.randomUUID().toString();

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"AUTO", "BUFFER"})
    void marksBothDataConnectionsAndNoOther(RelayType relay) throws IOException {
        Assumptions.assumeTrue(Epoll.isAvailable(), "marks are Linux's");
        Path ss = Peers.require("ss");
        Peers.requireRoot();
        try (Gateway gateway = WORLD.ownGateway(
                ServerKind.VSFTPD,
                ServerDataMode.CLIENT,
                builder -> builder.transport(TransportType.EPOLL).relay(relay).sockets(SETTINGS))) {
            Payload.file(gateway.server().files().resolve(name), LARGE);
            try (RawFtp ftp = RawFtp.login(gateway.target());
                    DataPort port = ftp.agree(DataSyntax.PASV)) {
                ftp.send("RETR " + name);
                port.connect();
                assertThat(ftp.read().preliminary()).isTrue();

                List<String> sockets = established(ss);

                assertThat(marked(sockets, "25[01]\\d\\d"))
                        .as("data, both sides: " + sockets)
                        .hasSize(2)
                        .allMatch(socket -> socket.contains(TOS));
                assertThat(sockets.stream().filter(from("2500\\d|250[1-4]\\d")))
                        .as("client's side")
                        .hasSize(1)
                        .allMatch(socket -> socket.contains(MARKED));
                assertThat(sockets.stream().filter(from("251\\d\\d")))
                        .as("control, data")
                        .hasSize(2)
                        .areExactly(1, new Condition<>(socket -> socket.contains(MARKED), "marked"));
                assertThat(sockets.stream()
                                .filter(from(Integer.toString(gateway.target().port()))))
                        .as("client's control")
                        .hasSize(1)
                        .noneMatch(socket -> socket.contains("fwmark"));
                assertThat(port.accept().getInputStream().readAllBytes()).isEqualTo(LARGE);
                port.accept().close();
                assertThat(ftp.read().completion()).isTrue();
            }
        }
    }

    private static List<String> marked(List<String> sockets, String ports) {
        return sockets.stream()
                .filter(from(ports))
                .filter(socket -> socket.contains(MARKED))
                .toList();
    }

    /** Tells whether the local end of a line of ss is the gateway's, at one of these ports. */
    private static Predicate<String> from(String ports) {
        String local = Loopback.GATEWAY.getHostAddress().replace(".", "\\.");
        return socket ->
                socket.matches("(?s)ESTAB\\s+\\d+\\s+\\d+\\s+(\\[::ffff:)?" + local + "]?:(" + ports + ")\\s.*");
    }

    private List<String> established(Path ss) {
        return Program.run(
                        folder,
                        List.of(ss.toString(), "-Htneo", "--tos", "state", "established"),
                        "",
                        Duration.ofSeconds(10))
                .lines()
                .map(line -> line.startsWith("ESTAB") ? line : "ESTAB " + line)
                .toList();
    }
}
