package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts of files where content is inspected, through the jar, in front of vsftpd. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeFilesIT {
    private static final int SIZE = 3_000_000;
    private static final int HALF = SIZE / 2;

    private final Path list = Workspace.create("whole").resolve("list");
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    void addFiles() throws IOException {
        Path blocked = Payload.file(server.files().resolve("blocked"), SIZE);
        Files.writeString(list, Payload.sha256(blocked) + "\n");
        Payload.file(server.files().resolve("good"), SIZE + 1);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** By its defaults, with which it resumes what failed with 451, without end. */
    @Test
    void lftpGivesUpOnARejectedDownload() throws Exception {
        Peers.require("lftp");
        try (ConfiguredJar jar = start("")) {
            String output = lftp(jar, "get " + TestServer.DIRECTORY + "/blocked -o got");

            assertThat(output).contains("550 Transfer rejected: the hash is on the block list.");
            assertThat(Files.size(temp.resolve("got"))).isLessThanOrEqualTo(SIZE - InspectionIT.HELD_BACK);
        }
    }

    @Test
    void lftpGetsTheWholeInPlaceOfTheRest() throws Exception {
        Peers.require("lftp");
        Path good = server.files().resolve("good");
        try (ConfiguredJar jar = start("")) {
            Files.write(temp.resolve("begun"), List.of("the first line"));

            String output = lftp(jar, "get -c " + TestServer.DIRECTORY + "/good -o begun");

            assertThat(output).contains("504 Files are inspected here, and are transferred whole only.");
            assertThat(Files.size(temp.resolve("begun"))).isEqualTo(Files.size(good));
        }
    }

    @Test
    void nothingIsAddedToAFile() throws Exception {
        try (ConfiguredJar jar = start("");
                RawFtp client = login(jar)) {
            client.agree(DataSyntax.PASV);

            assertThat(client.ask("APPE good").code()).isEqualTo(504);
        }
    }

    @Test
    void downloadsAreResumedWhereUploadsAreInspected() throws Exception {
        try (ConfiguredJar jar = start("direction: uploads");
                RawFtp client = login(jar)) {
            assertThat(client.ask("REST " + HALF).code()).isEqualTo(350);
            try (Socket data = client.open(DataSyntax.PASV, "RETR good")) {
                assertThat(data.getInputStream().readAllBytes()).hasSize(SIZE + 1 - HALF);
            }
            assertThat(client.read().code()).isEqualTo(226);

            assertThat(client.ask("REST " + HALF).code()).isEqualTo(350);
            client.agree(DataSyntax.PASV);
            assertThat(client.ask("STOR good").code()).isEqualTo(504);
        }
    }

    @Test
    void partsAreInspectedByThemselvesWhereTheyAreAllowed() throws Exception {
        try (ConfiguredJar jar = start("parts: allow");
                RawFtp client = login(jar)) {
            assertThat(client.ask("REST " + HALF).code()).isEqualTo(350);
            try (Socket data = client.open(DataSyntax.PASV, "RETR blocked")) {
                assertThat(data.getInputStream().readAllBytes()).hasSize(SIZE - HALF);
            }

            assertThat(client.read().code()).isEqualTo(226);
        }
    }

    private ConfiguredJar start(String inspection) throws IOException {
        return ConfiguredJar.start(Workspace.create("whole"), """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: '%s'
                    inspection: {hash: {block-list: '%s'}%s}
                """.formatted(
                        Target.of(server).authority(), list, inspection.isEmpty() ? "" : ", " + inspection));
    }

    private RawFtp login(ConfiguredJar jar) throws IOException {
        return RawFtp.login(new Target(jar.addresses().get(0), server.user(), server.password()));
    }

    private String lftp(ConfiguredJar jar, String command) throws Exception {
        return Program.run(
                temp,
                List.of("lftp", "-d"),
                """
                set cmd:fail-exit true
                open -u %s,%s 127.0.0.1:%d
                %s
                bye
                """.formatted(
                        server.user(), server.password(), jar.addresses().get(0).getPort(), command),
                Duration.ofSeconds(100));
    }
}
