package io.ftpalg.it;

import static io.ftpalg.it.InspectionIT.HELD_BACK;
import static io.ftpalg.it.InspectionIT.LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Inspection of content by c-icap with clamd, through the jar, in front of vsftpd. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IcapIT {
    private final Clamd clamd = Clamd.start();
    private final CIcap icap = CIcap.start(clamd);
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);

    @AfterAll
    void stop() {
        server.close();
        icap.close();
        clamd.close();
    }

    /** The service echo replies 204 to every second request, and the file as it was to the others. */
    @Test
    void cleanFilesPassBothWays() throws Exception {
        byte[] clean = Payload.bytes(1_000_000);
        try (ConfiguredJar jar = start("[{url: '%s'}, {url: '%s'}]".formatted(icap.url("avscan"), icap.url("echo")));
                RawFtp client = login(jar)) {
            for (int i = 1; i <= 2; i++) {
                client.upload(DataSyntax.EPSV, "STOR clean" + i, clean);
                assertThat(client.download(DataSyntax.PASV, "RETR clean" + i)).isEqualTo(clean);
            }

            assertThat(Files.readAllBytes(path("clean2"))).isEqualTo(clean);
            assertThat(jar.awaitLog("content inspected", 4)).contains("icap=ok", "icap-2=ok");
        }
    }

    @Test
    void anInfectedUploadNeverArrivesWhole() throws Exception {
        try (ConfiguredJar jar = start("{url: '" + icap.url("avscan") + "'}");
                RawFtp client = login(jar)) {
            try (Socket data = client.open(DataSyntax.PASV, "STOR infected")) {
                InspectionIT.write(data, InspectionIT.infected());
            }

            assertThat(client.read().text()).isEqualTo("550 Transfer rejected: virus Eicar-Test.UNOFFICIAL.");
            assertThat(Files.size(path("infected"))).isLessThanOrEqualTo(LARGE - HELD_BACK);
            assertThat(jar.awaitLog("content rejected", 1)).contains("icap=Eicar-Test.UNOFFICIAL");
        }
    }

    @Test
    void anInfectedDownloadNeverArrivesWhole() throws Exception {
        Payload.file(path("virus"), InspectionIT.infected());
        try (ConfiguredJar jar = start("{url: '" + icap.url("avscan") + "'}");
                RawFtp client = login(jar);
                Socket data = client.open(DataSyntax.PASV, "RETR virus")) {
            long received = InspectionIT.readUntilCut(data);

            assertThat(client.read().code()).isEqualTo(451);
            assertThat(received).isLessThanOrEqualTo(LARGE - HELD_BACK);
        }
    }

    @Test
    void aServiceThatEndsRejectsOrPassesUntilItIsBack() throws Exception {
        byte[] file = Payload.bytes(200_000);
        try (CIcap mortal = CIcap.start(clamd);
                ConfiguredJar strict = start("{url: '" + mortal.url("avscan") + "'}");
                ConfiguredJar open = start("{url: '" + mortal.url("avscan") + "', on-failure: pass}");
                RawFtp rejected = login(strict);
                RawFtp passed = login(open)) {
            rejected.upload(DataSyntax.PASV, "STOR before", file);
            mortal.kill();
            try (Socket data = rejected.open(DataSyntax.PASV, "STOR rejected")) {
                InspectionIT.write(data, file);
            }
            passed.upload(DataSyntax.PASV, "STOR passed", file);

            assertThat(rejected.read().text()).isEqualTo("451 Transfer rejected: the virus scanner is not available.");
            assertThat(Files.size(path("rejected"))).isLessThanOrEqualTo(file.length - HELD_BACK);
            assertThat(Files.readAllBytes(path("passed"))).isEqualTo(file);
            assertThat(open.awaitLog("content inspected", 1)).contains("icap=failed");

            mortal.startAgain();
            rejected.upload(DataSyntax.PASV, "STOR again", file);
            assertThat(Files.readAllBytes(path("again"))).isEqualTo(file);
        }
    }

    private ConfiguredJar start(String services) throws IOException {
        return ConfiguredJar.start(
                Workspace.create("icap"), """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: '%s'
                    inspection: {icap: %s}
                """.formatted(Target.of(server).authority(), services));
    }

    private RawFtp login(ConfiguredJar jar) throws IOException {
        RawFtp client = RawFtp.login(new Target(jar.addresses().get(0), server.user(), server.password()));
        client.ask("CWD " + TestServer.DIRECTORY);
        client.ask("TYPE I");
        return client;
    }

    private Path path(String file) {
        return server.files().resolve(file);
    }
}
