package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Routers;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.HostPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole gateway between a real client and a real server, both in this JVM. */
class FtpAlgTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;
    private EmbeddedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private FtpAlg start(FtpAlgBuilder builder) throws Exception {
        return builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .router(Routers.fixed(new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty()))
                .build().start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static FTPClient login(FtpAlg gateway) throws Exception {
        FTPClient client = new FTPClient();
        client.setConnectTimeout(5000);
        client.setDefaultTimeout(10_000);
        client.connect(gateway.boundAddresses().get(0).getAddress(), gateway.boundAddresses().get(0).getPort());
        client.setSoTimeout(20_000);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }

    @ParameterizedTest
    @EnumSource(value = TransportType.class, names = {"EPOLL", "NIO"})
    void carriesFilesBothWaysInActiveAndPassiveMode(TransportType transport) throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(7).nextBytes(content);
        try (FtpAlg gateway = start(FtpAlg.builder().transport(transport))) {
            FTPClient client = login(gateway);
            for (String mode : new String[] {"PASV", "EPSV", "PORT"}) {
                if (mode.equals("PORT")) {
                    client.enterLocalActiveMode();
                } else {
                    client.setUseEPSVwithIPv4(mode.equals("EPSV"));
                    client.enterLocalPassiveMode();
                }

                assertThat(client.storeFile(mode, new ByteArrayInputStream(content))).as(client.getReplyString()).isTrue();
                ByteArrayOutputStream back = new ByteArrayOutputStream();
                assertThat(client.retrieveFile(mode, back)).as(client.getReplyString()).isTrue();

                assertThat(back.toByteArray()).isEqualTo(content);
                assertThat(client.listNames()).contains(mode);
            }
            client.logout();
            client.disconnect();
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.sessions() == 0);
        }
    }

    @Test
    void namesTheAddressThatIsInUse() throws Exception {
        try (FtpAlg gateway = start(FtpAlg.builder())) {
            InetSocketAddress taken = gateway.boundAddresses().get(0);
            FtpAlg second = FtpAlg.builder().listen(taken)
                    .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty())).build();

            assertThatThrownBy(() -> second.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(java.io.IOException.class)
                    .cause().isInstanceOf(FtpAlgException.class)
                    .hasMessageContaining("127.0.0.3:" + taken.getPort()).hasMessageContaining("in use");
        }
    }

    @Test
    void tellsIdleSessionsThatItStops() throws Exception {
        FtpAlg gateway = start(FtpAlg.builder());
        FTPClient client = login(gateway);

        var stopped = gateway.stop(Duration.ofSeconds(30)).toCompletableFuture();

        assertThatThrownBy(client::getReply).isInstanceOf(FTPConnectionClosedException.class).hasMessageContaining("421");
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(gateway.sessions()).isZero();
    }

    @Test
    void turnsAwayMoreSessionsThanAllowed() throws Exception {
        Limits limits = Limits.builder().sessionsPerAddress(1).build();
        try (FtpAlg gateway = start(FtpAlg.builder().limits(limits))) {
            FTPClient first = login(gateway);
            FTPClient second = new FTPClient();

            assertThatThrownBy(() -> second.connect(gateway.boundAddresses().get(0).getAddress(),
                    gateway.boundAddresses().get(0).getPort())).hasMessageContaining("421");
            first.disconnect();
        }
    }
}
