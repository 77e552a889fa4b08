package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inspection of content by clamd, hash and type, through the jar, in front of vsftpd. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectionIT {
    static final int LARGE = 50_000_000;
    static final int HELD_BACK = 64 << 10;

    private final Clamd clamd = Clamd.start();
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    @AfterAll
    void stop() {
        server.close();
        clamd.close();
    }

    @Test
    void anInfectedUploadNeverArrivesWhole() throws Exception {
        byte[] infected = infected();
        try (ConfiguredJar jar = start("clamav: {address: '" + clamd.tcp() + "'}, hash: {}", "");
                RawFtp client = login(jar)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR infected")) {
                write(data, infected);
            }

            assertThat(client.read().text()).isEqualTo("550 Transfer rejected: virus Eicar-Test.UNOFFICIAL.");
            assertThat(Files.size(path("infected"))).isLessThanOrEqualTo(LARGE - HELD_BACK);
            assertThat(jar.awaitLog("content rejected", 1)).contains("sender=client", "clamav=Eicar-Test", "sha256=");

            client.upload(DataSyntax.EPSV, "STOR clean", Payload.bytes(LARGE));
            assertThat(Files.size(path("clean"))).isEqualTo(LARGE);
            assertThat(jar.awaitLog("content inspected", 1)).contains("clamav=ok");
        }
    }

    @Test
    void whatAnInfectedUploadLeftIsDeleted() throws Exception {
        try (ConfiguredJar jar = start("clamav: {address: '" + clamd.tcp() + "'}, remnant: delete", "");
                RawFtp client = login(jar)) {
            try (Socket data = client.open(DataSyntax.EPSV, "STOR deleted")) {
                write(data, infected());
            }

            assertThat(client.read().code()).isEqualTo(550);
            assertThat(path("deleted")).doesNotExist();
            assertThat(jar.awaitLog("remnant deleted", 1)).contains("path=\"deleted\"", "received=250");
            assertThat(client.ask("NOOP").code()).isEqualTo(200);
        }
    }

    @Test
    void anInfectedDownloadNeverArrivesWhole() throws Exception {
        Payload.file(path("virus"), infected());
        try (ConfiguredJar jar = start("clamav: {address: '" + clamd.socket() + "'}", "");
                RawFtp client = login(jar);
                Socket data = client.open(DataSyntax.PASV, "RETR virus")) {
            long received = readUntilCut(data);

            assertThat(client.read().code()).isEqualTo(451);
            assertThat(received).isLessThanOrEqualTo(LARGE - HELD_BACK);
            assertThat(client.ask("NOOP").code()).isEqualTo(200);
        }
    }

    @Test
    void curlUnderTlsGetsTheReason() throws Exception {
        Path curl = Peers.require("curl");
        Payload.file(temp.resolve("infected"), infected());
        try (ConfiguredJar jar = start("clamav: {address: '" + clamd.tcp() + "'}", "tls: {self-signed: true}")) {
            String output = Program.run(
                    temp,
                    List.of(
                            curl.toString(),
                            "-sv",
                            "-k",
                            "--ssl-reqd",
                            "-T",
                            "infected",
                            "ftp://127.0.0.1:" + jar.addresses().get(0).getPort() + TestServer.DIRECTORY + "/by-tls"),
                    "",
                    Duration.ofSeconds(100));

            jar.awaitLog("content rejected", 1);
            assertThat(output).contains("PROT P");
            assertThat(Files.size(path("by-tls"))).isLessThanOrEqualTo(LARGE - HELD_BACK);
        }
    }

    @Test
    void aScannerThatEndsRejectsOrPassesAsConfigured() throws Exception {
        try (Clamd mortal = Clamd.start();
                ConfiguredJar strict = start("clamav: {address: '" + mortal.tcp() + "'}", "");
                ConfiguredJar open = start("clamav: {address: '" + mortal.tcp() + "', on-failure: pass}", "");
                RawFtp rejected = login(strict);
                RawFtp passed = login(open);
                Socket first = rejected.open(DataSyntax.PASV, "STOR rejected");
                Socket second = passed.open(DataSyntax.PASV, "STOR passed")) {
            byte[] half = Payload.bytes(1_000_000);
            first.getOutputStream().write(half);
            second.getOutputStream().write(half);
            mortal.kill();
            write(first, half);
            second.getOutputStream().write(half);
            second.shutdownOutput();

            assertThat(rejected.read().text()).isEqualTo("451 Transfer rejected: the virus scanner is not available.");
            assertThat(passed.read().code()).isEqualTo(226);
            assertThat(Files.size(path("passed"))).isEqualTo(2_000_000);
            assertThat(Files.size(path("rejected"))).isLessThanOrEqualTo(2_000_000 - HELD_BACK);
            assertThat(open.awaitLog("content inspected", 1)).contains("clamav=failed");
        }
    }

    @Test
    void aProgramIsNoPictureWhateverItsName() throws Exception {
        byte[] program = new byte[200_000];
        program[0] = 'M';
        program[1] = 'Z';
        try (ConfiguredJar jar = start("types: {allow: 'image/*'}, deny-names: ['*.scr']", "");
                RawFtp client = login(jar)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR picture.jpg")) {
                write(data, program);
            }

            assertThat(client.read().text()).startsWith("550 Transfer rejected: content of type application/x-");
            assertThat(Files.size(path("picture.jpg"))).isZero();
            assertThat(client.ask("MODE Z").code()).isEqualTo(504);
        }
    }

    @Test
    void aFileOfTheBlockListIsRejected() throws Exception {
        byte[] known = "known to be bad".getBytes(StandardCharsets.US_ASCII);
        Path file = Payload.file(temp.resolve("known"), known);
        Path list = Files.writeString(temp.resolve("blocked"), Payload.sha256(file) + "  known\n");
        try (ConfiguredJar jar = start("hash: {block-list: '" + list + "'}", "");
                RawFtp client = login(jar)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR known")) {
                write(data, known);
            }

            assertThat(client.read().text()).isEqualTo("550 Transfer rejected: the hash is on the block list.");
            assertThat(Files.size(path("known"))).isZero();
        }
    }

    private ConfiguredJar start(String inspection, String more) throws IOException {
        Path folder = Workspace.create("inspection");
        return ConfiguredJar.start(folder, """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: '%s'
                    inspection: {%s}
                    %s
                """.formatted(Target.of(server).authority(), inspection, more));
    }

    private RawFtp login(ConfiguredJar jar) throws IOException {
        RawFtp client = RawFtp.login(new Target(jar.addresses().get(0), server.user(), server.password()));
        client.ask("CWD " + TestServer.DIRECTORY);
        client.ask("TYPE I");
        return client;
    }

    static byte[] infected() {
        byte[] bytes = Payload.bytes(LARGE);
        System.arraycopy(Clamd.EICAR, 0, bytes, LARGE / 2, Clamd.EICAR.length);
        return bytes;
    }

    static void write(Socket data, byte[] bytes) {
        try {
            data.getOutputStream().write(bytes);
            data.shutdownOutput();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }

    static long readUntilCut(Socket data) {
        long count = 0;
        byte[] piece = new byte[1 << 16];
        try {
            for (int read = data.getInputStream().read(piece);
                    read >= 0;
                    read = data.getInputStream().read(piece)) {
                count += read;
            }
            throw new AssertionError("ended in order after " + count + " bytes");
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*reset.*");
        }
        return count;
    }

    private Path path(String file) {
        return server.files().resolve(file);
    }
}
