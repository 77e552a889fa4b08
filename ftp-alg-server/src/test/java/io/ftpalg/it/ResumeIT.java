package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers that begin in the middle of a file. */
class ResumeIT {
    private static final byte[] CONTENT = Payload.bytes(100_000);
    private static final int MIDDLE = 40_000;
    private static final byte[] REST = Arrays.copyOfRange(CONTENT, MIDDLE, CONTENT.length);
    private static final long BEYOND = (1L << 32) + 12_345;

    @RegisterExtension
    static final World WORLD = new World();

    private final String name = UUID.randomUUID().toString();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void resumesADownload(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        Payload.file(gateway.server().files().resolve(name), CONTENT);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            assertThat(resumedDownload(ftp, MIDDLE)).isEqualTo(REST);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void resumesADownloadBeyondFourGigabytes(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        append(Payload.sparse(gateway.server().files().resolve(name), BEYOND), CONTENT);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            assertThat(resumedDownload(ftp, BEYOND)).isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void resumesAnUpload(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        Path file = gateway.server().files().resolve(name);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            ftp.upload(DataSyntax.PASV, "STOR " + name, Arrays.copyOf(CONTENT, MIDDLE));
            resumedUpload(ftp, MIDDLE, REST);
        }

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void resumesAnUploadBeyondFourGigabytes(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        Path file = gateway.server().files().resolve(name);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            // By the client, so that the file is the server's user's.
            ftp.upload(DataSyntax.PASV, "STOR " + name, new byte[0]);
            Payload.sparse(file, BEYOND);
            resumedUpload(ftp, BEYOND, CONTENT);
        }

        assertThat(Files.size(file)).isEqualTo(BEYOND + CONTENT.length);
        byte[] tail = new byte[CONTENT.length];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(BEYOND);
            open.readFully(tail);
        }
        assertThat(tail).isEqualTo(CONTENT);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void appends(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            ftp.upload(DataSyntax.PORT, "APPE " + name, Arrays.copyOf(CONTENT, MIDDLE));
            ftp.upload(DataSyntax.EPSV, "APPE " + name, REST);
        }

        assertThat(gateway.server().files().resolve(name)).hasBinaryContent(CONTENT);
    }

    private byte[] resumedDownload(RawFtp ftp, long offset) throws IOException {
        try (DataPort port = ftp.agree(DataSyntax.PASV)) {
            port.connect();
            assertThat(ftp.ask("REST " + offset).code()).isEqualTo(350);
            assertThat(ftp.ask("RETR " + name).preliminary()).isTrue();
            byte[] bytes = port.accept().getInputStream().readAllBytes();
            port.accept().close();
            assertThat(ftp.read().completion()).isTrue();
            return bytes;
        }
    }

    private void resumedUpload(RawFtp ftp, long offset, byte[] bytes) throws IOException {
        try (DataPort port = ftp.agree(DataSyntax.EPSV)) {
            port.connect();
            assertThat(ftp.ask("REST " + offset).code()).isEqualTo(350);
            assertThat(ftp.ask("STOR " + name).preliminary()).isTrue();
            port.accept().getOutputStream().write(bytes);
            port.accept().close();
            assertThat(ftp.read().completion()).isTrue();
        }
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(open.length());
            open.write(bytes);
        }
    }
}
