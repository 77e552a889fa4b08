package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held until the verdict, {@code hold: all}, {@code spill} and {@code trickle}, through one jar, in front of vsftpd. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldingIT {
    private static final int SIZE = 3_000_000;
    private static final int NEVER_TRICKLED = 64 << 10;
    private static final String SPILL = ".spill (deleted)";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clamd clamd = Clamd.start();
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);
    private final Path spill = Workspace.create("spill");
    private final ConfiguredJar jar = start();

    /** The listeners of the jar. */
    enum Held {
        ALL("hold: all, spill: {directory: '%s', above: 64KiB}"),
        LITTLE("hold: all, spill: {directory: '%s', above: 64KiB, max-size: 1MB}"),
        LITTLE_SPACE("hold: all, spill: {directory: '%s', above: 64KiB, total: 4MB}"),
        ALL_WITH_TRICKLE("hold: all, spill: {directory: '%s', above: 64KiB}, trickle: {bytes: 1kB, interval: 1s}"),
        END_WITH_TRICKLE("hold-back: 4MiB, trickle: {bytes: 1kB, interval: 1s}");

        private final String keys;

        Held(String keys) {
            this.keys = keys;
        }
    }

    @AfterAll
    void stop() {
        jar.close();
        server.close();
        clamd.close();
        Workspace.delete(spill);
    }

    @Test
    void aWholeUploadIsHeldInAnEncryptedFile() throws Exception {
        byte[] bytes = Payload.bytes(SIZE);
        try (RawFtp client = login(Held.ALL)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR held")) {
                data.getOutputStream().write(bytes);
                await().atMost(PATIENCE).until(() -> spilled() > SIZE / 2);

                assertThat(path("held")).isEmptyFile();
                assertThat(spill).isEmptyDirectory();
                byte[] encrypted = Files.readAllBytes(jar.openFiles(SPILL).get(0));
                assertThat(Arrays.equals(encrypted, 0, 16, bytes, 0, 16)).isFalse();
            }

            assertThat(client.read().code()).isEqualTo(226);
            assertThat(Files.readAllBytes(path("held"))).isEqualTo(bytes);
            await().atMost(PATIENCE).until(() -> jar.openFiles(SPILL).isEmpty());
        }
    }

    @Test
    void aWholeDownloadIsHeld() throws Exception {
        byte[] bytes = Payload.bytes(SIZE);
        Payload.file(path("offered"), bytes);
        clamd.suspend();
        try (RawFtp client = login(Held.ALL);
                Socket data = client.open(DataSyntax.EPSV, "RETR offered")) {
            await().atMost(PATIENCE).until(() -> spilled() > 0);
            assertThat(data.getInputStream().available()).isZero();
            clamd.resume();

            assertThat(data.getInputStream().readAllBytes()).isEqualTo(bytes);
            assertThat(client.read().code()).isEqualTo(226);
        } finally {
            clamd.resume();
        }
    }

    @Test
    void aRejectedUploadLeavesAnEmptyFile() throws Exception {
        try (RawFtp client = login(Held.ALL)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR infected")) {
                InspectionIT.write(data, infected());
            }

            assertThat(client.read().code()).isEqualTo(550);
            assertThat(path("infected")).isEmptyFile();
        }
    }

    @Test
    void aRejectedDownloadHasNoByte() throws Exception {
        Payload.file(path("virus"), infected());
        try (RawFtp client = login(Held.ALL);
                Socket data = client.open(DataSyntax.PASV, "RETR virus")) {
            assertThat(InspectionIT.readUntilCut(data)).isZero();

            assertThat(client.read().negative()).isTrue();
        }
    }

    @Test
    void aFileThatIsLargerThanMayBeHeldIsRejected() throws Exception {
        Payload.file(path("large"), SIZE);
        try (RawFtp client = login(Held.LITTLE)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR too-large")) {
                InspectionIT.write(data, Payload.bytes(SIZE));
            }
            assertThat(client.read().code()).isEqualTo(552);
            assertThat(path("too-large")).isEmptyFile();

            try (Socket data = client.open(DataSyntax.PASV, "RETR large")) {
                assertThat(InspectionIT.readUntilCut(data)).isZero();
            }
            assertThat(client.read().negative()).isTrue();
        }
    }

    @Test
    void aFileForWhichThereIsNoSpaceMayPassLater() throws Exception {
        try (RawFtp first = login(Held.LITTLE_SPACE);
                RawFtp second = login(Held.LITTLE_SPACE);
                Socket data = first.open(DataSyntax.PASV, "STOR first")) {
            data.getOutputStream().write(Payload.bytes(SIZE));
            await().atMost(PATIENCE).until(() -> spilled() > SIZE / 2);

            try (Socket other = second.open(DataSyntax.PASV, "STOR second")) {
                InspectionIT.write(other, Payload.bytes(SIZE));
            }
            assertThat(second.read().code()).isEqualTo(451);
            data.shutdownOutput();
            assertThat(first.read().code()).isEqualTo(226);

            second.upload(DataSyntax.PASV, "STOR second", Payload.bytes(SIZE));
            assertThat(Files.size(path("second"))).isEqualTo(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL_WITH_TRICKLE", "END_WITH_TRICKLE"})
    void bytesOfAnUploadAreTrickled(Held held) throws Exception {
        clamd.suspend();
        try (RawFtp client = login(held)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR trickled")) {
                data.getOutputStream().write(Payload.bytes(1_000_000));
            }
            await().atMost(PATIENCE).until(() -> Files.size(path("trickled")) >= 2000);
            assertThat(Files.size(path("trickled"))).isLessThan(1_000_000 - NEVER_TRICKLED);
            clamd.resume();

            assertThat(client.read().code()).isEqualTo(226);
            assertThat(Files.readAllBytes(path("trickled"))).isEqualTo(Payload.bytes(1_000_000));
        } finally {
            clamd.resume();
            Files.deleteIfExists(path("trickled"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL_WITH_TRICKLE", "END_WITH_TRICKLE"})
    void bytesOfADownloadAreTrickled(Held held) throws Exception {
        byte[] bytes = Payload.bytes(1_000_000);
        Payload.file(path("slow"), bytes);
        clamd.suspend();
        try (RawFtp client = login(held);
                Socket data = client.open(DataSyntax.PASV, "RETR slow")) {
            byte[] begin = data.getInputStream().readNBytes(2000);
            assertThat(data.getInputStream().available()).isLessThan(NEVER_TRICKLED);
            clamd.resume();

            assertThat(begin).isEqualTo(Arrays.copyOf(bytes, 2000));
            assertThat(data.getInputStream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 2000, bytes.length));
            assertThat(client.read().code()).isEqualTo(226);
        } finally {
            clamd.resume();
        }
    }

    private ConfiguredJar start() {
        StringBuilder config = new StringBuilder("listeners:\n");
        for (Held held : Held.values()) {
            config.append("""
                      - bind: 127.0.0.1:0
                        upstream: '%s'
                        inspection: {%s, clamav: {address: '%s'}}
                    """.formatted(Target.of(server).authority(), held.keys.formatted(spill), clamd.tcp()));
        }
        try {
            return ConfiguredJar.start(Workspace.create("holding"), config.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawFtp login(Held held) throws IOException {
        return RawFtp.login(new Target(
                jar.addresses().get(List.of(Held.values()).indexOf(held)), server.user(), server.password()));
    }

    /** Returns the bytes in the temporary files of the jar. */
    private long spilled() throws IOException {
        long bytes = 0;
        List<Path> files = jar.openFiles(SPILL);
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static byte[] infected() {
        byte[] bytes = Payload.bytes(SIZE);
        System.arraycopy(Clamd.EICAR, 0, bytes, SIZE / 2, Clamd.EICAR.length);
        return bytes;
    }

    private Path path(String file) {
        return server.files().resolve(file);
    }
}
