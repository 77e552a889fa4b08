package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.quota.QuotaStore;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Quotas of users and groups, and their sessions and transfers at a time, through the jar, in front of vsftpd. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaIT {
    private static final int SIZE = 300_000;
    private static final int KILLS = 3;
    private static final byte[] CONTENT = Payload.bytes(SIZE);

    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);
    private final Path accounts = Workspace.create("quota");

    @TempDir
    private Path temp = Path.of(".");

    private int number;

    @BeforeAll
    void addUsers() throws IOException {
        Htpasswd.write(accounts, "joe", "ann", "bob");
        Files.writeString(accounts.resolve("groups"), "partners: joe ann\n");
        Files.writeString(accounts.resolve("password"), "x\n");
        Payload.file(server.files().resolve("file"), SIZE);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void another() {
        number++;
    }

    @Test
    void anUploadIsRefusedBeforeTheServerReceivesIt() throws Exception {
        try (ConfiguredJar jar = start("{each-user: true, period: day, direction: upload, files: 1}", "");
                RawFtp joe = login(jar, "joe");
                RawFtp ann = login(jar, "ann")) {
            joe.upload(DataSyntax.PASV, "STOR " + name("first"), CONTENT);
            joe.agree(DataSyntax.PASV);

            assertThat(joe.ask("STOR " + name("second")).text())
                    .startsWith("552 Quota of this user: 1 files a day, until ");
            assertThat(path("second")).doesNotExist();
            assertThat(jar.awaitLog("command denied", 1)).contains("rule=\"quota\"");

            ann.upload(DataSyntax.PASV, "STOR " + name("other"), CONTENT);
            assertThat(joe.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
        }
    }

    @Test
    void aRunningUploadIsCut() throws Exception {
        try (ConfiguredJar jar = start("{user: joe, period: month, direction: upload, bytes: 100kB}", "");
                RawFtp joe = login(jar, "joe");
                Socket data = joe.open(DataSyntax.PASV, "STOR " + name("cut"))) {
            writeUntilCut(data);

            assertThat(joe.read().code()).isEqualTo(552);
            assertThat(Files.size(path("cut"))).isEqualTo(100_000);
            assertThat(jar.awaitLog("transfer finished", 1)).contains("end=OVER_LIMIT", "data_path=splice");
        }
    }

    @Test
    void aGroupSharesItsQuota() throws Exception {
        try (ConfiguredJar jar = start("{group: partners, period: hour, direction: download, bytes: 300000}", "");
                RawFtp joe = login(jar, "joe");
                RawFtp ann = login(jar, "ann");
                RawFtp bob = login(jar, "bob")) {
            assertThat(joe.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
            ann.agree(DataSyntax.PASV);

            assertThat(ann.ask("RETR file").text()).startsWith("452 Quota of this group: 300000 bytes an hour, until ");
            assertThat(bob.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
        }
    }

    @Test
    void quotasAreKeptAcrossRestartsAndReloads() throws Exception {
        String rule = "{each-user: true, period: month, direction: both, files: 2}";
        try (ConfiguredJar jar = start(rule, "");
                RawFtp joe = login(jar, "joe")) {
            assertThat(joe.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
            jar.reload();
            try (RawFtp again = login(jar, "joe")) {
                assertThat(again.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
                again.agree(DataSyntax.PASV);
                assertThat(again.ask("RETR file").code()).isEqualTo(452);
            }
            joe.ask("QUIT");
            assertThat(jar.terminate()).isZero();
        }
        try (ConfiguredJar jar = start(rule, "");
                RawFtp joe = login(jar, "joe")) {
            joe.agree(DataSyntax.PASV);

            assertThat(joe.ask("RETR file").code()).isEqualTo(452);
        }
    }

    /** A transfer counts what it is about to move: what the client has is never more than that, but for what is not written. */
    @Test
    void aKillLosesNoMoreThanItsBound() throws Exception {
        Path large = Payload.file(server.files().resolve("large"), 100 << 20);
        String rule = "{each-user: true, period: month, direction: download, bytes: 1000GB}";
        long received = 0;
        for (int i = 0; i < KILLS; i++) {
            try (ConfiguredJar jar = start(rule, "");
                    RawFtp joe = login(jar, "joe");
                    Socket data = joe.open(DataSyntax.PASV, "RETR " + large.getFileName())) {
                received += data.getInputStream().readNBytes((10 + 20 * i) << 20).length;
            }
        }

        try (QuotaStore store = openWhenFree()) {
            assertThat(store.load().values().iterator().next().bytes())
                    .isGreaterThan(received - KILLS * QuotaKeeper.UNSAVED);
        }
    }

    /** The process that was killed may have it a moment longer. */
    private QuotaStore openWhenFree() {
        return await().ignoreExceptions().until(() -> QuotaStore.open(store()), any -> true);
    }

    @Test
    void aDayBeginsInTheZoneOfTheKey() throws Exception {
        try (ConfiguredJar jar = start("{each-user: true, period: day, files: 1}", "zone: '+14:00', ");
                RawFtp joe = login(jar, "joe")) {
            joe.download(DataSyntax.PASV, "RETR file");
            joe.agree(DataSyntax.PASV);

            assertThat(joe.ask("RETR file").text()).endsWith("T00:00:00+14:00.");
        }
    }

    @Test
    void aDamagedStoreRefusesWhereTheKeySaysSo() throws Exception {
        Files.write(store(), new byte[20_000]);
        try (ConfiguredJar jar = start("{each-user: true, period: day, files: 9}", "without-store: deny, ");
                RawFtp joe = login(jar, "joe")) {
            assertThat(jar.awaitLog("quota store failed", 1)).contains("it is damaged (move it away");
            joe.agree(DataSyntax.PASV);
            assertThat(joe.ask("RETR file").code()).isEqualTo(451);

            Files.delete(store());
            jar.awaitLog("quota store opened", 1);

            assertThat(joe.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
        }
    }

    @Test
    void aDamagedStoreIsNoneOtherwise() throws Exception {
        Files.write(store(), new byte[20_000]);
        try (ConfiguredJar jar = start("{each-user: true, period: day, files: 1}", "");
                RawFtp joe = login(jar, "joe")) {
            assertThat(joe.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
            joe.agree(DataSyntax.PASV);

            assertThat(joe.ask("RETR file").code()).isEqualTo(452);
        }
    }

    @Test
    void aSessionTooManyOfAUserIsEnded() throws Exception {
        try (ConfiguredJar jar = start("concurrency: {each-user: {sessions: 1}, users: [{user: bob, sessions: 2}]}");
                RawFtp joe = login(jar, "joe");
                RawFtp ann = login(jar, "ann");
                RawFtp bob = login(jar, "bob");
                RawFtp again = login(jar, "bob");
                RawFtp second = RawFtp.loginOnly(new Target(jar.addresses().get(0), "joe", "secret"))) {
            assertThat(second.ask("PWD").text()).startsWith("421 Too many sessions of this user at a time: 1");
            assertThat(second.readToEnd()).isEmpty();
            assertThat(jar.awaitLog("session closed", 1)).contains("cause=SESSION_LIMIT");

            assertThat(ann.ask("PWD").code()).isEqualTo(257);
            assertThat(again.ask("PWD").code()).isEqualTo(257);
            assertThat(bob.ask("PWD").code()).isEqualTo(257);
            joe.ask("QUIT");
            jar.awaitLog("session closed", 2);
            try (RawFtp third = login(jar, "joe")) {
                assertThat(third.ask("PWD").code()).isEqualTo(257);
            }
        }
    }

    @Test
    void aSessionTooManyOfAGroupIsEnded() throws Exception {
        try (ConfiguredJar jar = start("concurrency: {groups: [{group: partners, sessions: 1}]}");
                RawFtp joe = login(jar, "joe");
                RawFtp bob = login(jar, "bob");
                RawFtp ann = RawFtp.loginOnly(new Target(jar.addresses().get(0), "ann", "secret"))) {
            assertThat(ann.ask("PWD").text()).startsWith("421 Too many sessions of this group at a time: 1");
            assertThat(joe.ask("PWD").code()).isEqualTo(257);
            assertThat(bob.ask("PWD").code()).isEqualTo(257);
        }
    }

    @Test
    void aTransferTooManyIsRefused() throws Exception {
        Payload.file(server.files().resolve("long"), 20 << 20);
        try (ConfiguredJar jar =
                        start("concurrency: {each-user: {transfers: 5}, groups: [{group: partners, transfers: 1}]}");
                RawFtp joe = login(jar, "joe");
                RawFtp ann = login(jar, "ann");
                Socket data = joe.open(DataSyntax.PASV, "RETR long")) {
            ann.agree(DataSyntax.PASV);
            assertThat(ann.ask("RETR file").text()).startsWith("450 Too many transfers of this group at a time: 1");
            assertThat(data.getInputStream().readAllBytes()).hasSize(20 << 20);
            assertThat(joe.read().code()).isEqualTo(226);

            assertThat(ann.download(DataSyntax.PASV, "RETR file")).hasSize(SIZE);
        }
    }

    private ConfiguredJar start(String rule, String more) throws IOException {
        return start("quotas: {store: '%s', %srules: [%s]}".formatted(store(), more, rule));
    }

    private ConfiguredJar start(String limits) throws IOException {
        return ConfiguredJar.start(temp, """
                %s
                listeners:
                  - bind: 127.0.0.1:0
                    login: {users-file: '%s', groups-file: '%s'}
                    routes: [{clients: '0.0.0.0/0', upstream: '%s', send-user: anonymous, send-password-file: '%s'}]
                """.formatted(
                        limits,
                        accounts.resolve("users"),
                        accounts.resolve("groups"),
                        Target.of(server).authority(),
                        accounts.resolve("password")));
    }

    private Path store() {
        return temp.resolve("quotas" + number + ".db");
    }

    private static RawFtp login(ConfiguredJar jar, String user) throws IOException {
        RawFtp client = RawFtp.login(new Target(jar.addresses().get(0), user, "secret"));
        client.ask("CWD " + TestServer.DIRECTORY);
        client.ask("TYPE I");
        return client;
    }

    private static void writeUntilCut(Socket data) {
        try {
            data.getOutputStream().write(CONTENT);
            data.shutdownOutput();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }

    private String name(String file) {
        return file + number;
    }

    private Path path(String file) {
        return server.files().resolve(name(file));
    }
}
