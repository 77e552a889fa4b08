package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** L9: real clients reach real servers through the gateway and, behind it, real proxies, in the clear and under TLS. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViaIT {
    private static final List<Integer> SIZES = List.of(0, 1, 3_000_000);
    private static final String MANY = "limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}";

    private final Path folder = Workspace.create("via");
    private final List<AutoCloseable> started = new ArrayList<>();
    private Optional<ConfiguredJar> jar = Optional.empty();
    private List<TestServer> servers = List.of();

    /** The ways to a server, in the order of the listeners; each is one for the server in the clear, and one for that under TLS. */
    private enum Way {
        SOCKS5("{url: 'socks5://<micro>', user: joe, password-file: secret}"),
        DANTE("{url: 'socks5://<dante>'}"),
        /** BIND: the server connects to the proxy. */
        DANTE_BIND("{url: 'socks5://<dante>'}", "server-mode: active"),
        SOCKS4A("{url: 'socks4a://<dante>'}"),
        HTTP("{url: 'http://<tiny>', user: joe, password-file: secret}"),
        SOCKS5_HTTP("[{url: 'socks5://<dante>'}, {url: 'http://<tiny>', user: joe, password-file: secret}]"),
        FTP("{url: 'ftp://<suse>'}"),
        SOCKS5_FTP("[{url: 'socks5://<dante>'}, {url: 'ftp://<suse>', dialect: user@host}]"),
        WRONG_PASSWORD("{url: 'socks5://<micro>', user: joe, password-file: wrong}");

        private final String via;
        private final String more;

        Way(String via) {
            this(via, "");
        }

        Way(String via, String more) {
            this.via = via;
            this.more = more.isEmpty() ? MANY : more + "\n  " + MANY;
        }
    }

    @BeforeAll
    void start() throws IOException {
        OtherProxy micro = keep(OtherProxy.microsocks());
        OtherProxy dante = keep(OtherProxy.dante());
        OtherProxy tiny = keep(OtherProxy.tinyproxy());
        OtherProxy suse = keep(OtherProxy.suse());
        TlsMaterial material = keep(TlsMaterial.create());
        TestServer clear = keep(Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE));
        TestServer secure = keep(ProFtpd.start(Loopback.SERVER, ServerSecurity.of(Protection.EXPLICIT, material)));
        servers = List.of(clear, secure);
        Files.writeString(folder.resolve("secret"), "secret\n");
        Files.writeString(folder.resolve("wrong"), "never\n");
        StringBuilder config = new StringBuilder("listeners:\n");
        for (Way way : Way.values()) {
            String via = way.via
                    .replace("<micro>", micro.authority())
                    .replace("<dante>", dante.authority())
                    .replace("<tiny>", tiny.authority())
                    .replace("<suse>", suse.authority());
            config.append("""
                    - bind: 127.0.0.3:0
                      upstream: "%s"
                      via: %s
                      %s
                    - bind: 127.0.0.3:0
                      upstream: "ftpes://%s"
                      via: %s
                      upstream-tls: {ca: %s}
                      %s
                    """.formatted(
                            IpLiteral.format(clear.address()),
                            via,
                            way.more,
                            IpLiteral.format(secure.address()),
                            via,
                            material.authority(),
                            way.more));
        }
        jar = Optional.of(keep(ConfiguredJar.start(folder, config.toString())));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        started.add(0, resource);
        return resource;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable resource : started) {
            resource.close();
        }
        Workspace.delete(folder);
    }

    private InetSocketAddress gateway(Way way, boolean tls) {
        return jar.orElseThrow().addresses().get(2 * List.of(Way.values()).indexOf(way) + (tls ? 1 : 0));
    }

    static Stream<Arguments> transfers() {
        return Stream.of(Way.values()).filter(way -> way != Way.WRONG_PASSWORD).flatMap(way -> Stream.of(false, true)
                // The FTP proxy is the server that the gateway has TLS with, and it has none.
                .filter(tls -> !tls || way != Way.FTP && way != Way.SOCKS5_FTP)
                .flatMap(tls -> Stream.of(
                        Arguments.of(way, tls, new Curl(), DataSyntax.EPSV),
                        Arguments.of(way, tls, new Lftp(), tls ? DataSyntax.PORT : DataSyntax.PASV))));
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void filesPassBothWays(Way way, boolean tls, FtpClient client, DataSyntax syntax) {
        TestServer server = servers.get(tls ? 1 : 0);

        RoundTrip.check(client, new Target(gateway(way, tls), server.user(), server.password()), syntax, server, SIZES);
    }

    @Test
    void theReasonIsInTheLogOnceAndTheClientGetsTheUsualReply() throws IOException {
        try (RawFtp client = RawFtp.connect(gateway(Way.WRONG_PASSWORD, false))) {
            assertThat(client.readToEnd()).matches("421 [^\r\n]+\r\n");
        }
        String line = jar.orElseThrow().awaitLog("authStatus", 1);
        assertThat(line).contains("detail=\"socks5 proxy 127.0.0.4:").doesNotContain("never");
        assertThat(jar.orElseThrow().log("authStatus")).hasSize(1);
    }
}
