package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules by users, TLS, profiles, sizes and replies of the config file, through the jar, in front of vsftpd. */
@Timeout(180)
class RulesIT {
    private static final TestServer SERVER = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);
    private static final int MOST = 1_000_000;
    private static final int MEMBERS = 0;
    private static final int ANONYMOUS = 1;
    private static final int STRICT = 2;
    private static final int COMPAT = 3;
    private static final int VALID = 4;
    private static final int REPLIES = 5;
    private static final int SIZES = 6;
    private static final int TLS = 7;
    private static final int RELOADED = 8;

    @TempDir
    private static Path temp = Path.of(".");

    private static ConfiguredJar jar;

    @BeforeAll
    static void start() throws IOException {
        Path accounts = Workspace.create("rules");
        Htpasswd.write(accounts, "joe", "ann");
        Files.writeString(accounts.resolve("groups"), "partners: joe\n");
        Files.writeString(accounts.resolve("server-password"), "x\n");
        Files.writeString(SERVER.files().resolve("old.txt"), "old");
        Files.write(SERVER.files().resolve("most.bin"), Payload.bytes(MOST));
        Files.write(SERVER.files().resolve("more.bin"), Payload.bytes(MOST + 1));
        jar = ConfiguredJar.start(temp, config(accounts, "DELE"));
    }

    private static String config(Path accounts, String denied) {
        String server = Target.of(SERVER).authority();
        String listener =
                "  - {bind: '127.0.0.1:0', upstream: '" + server + "', limits: {new-sessions-per-second: 1000}, %s}\n";
        return """
                listeners:
                  - bind: 127.0.0.1:0
                    login: {users-file: %1$s/users, groups-file: %1$s/groups}
                    routes: [{clients: 0.0.0.0/0, upstream: '%2$s', send-user: anonymous, send-password-file: %1$s/server-password}]
                    rules:
                      - {action: deny, verb: MKD, group: partners, reply: 550 group.}
                      - {action: deny, verb: RMD, gateway-user: ann, reply: 550 gateway-user.}
                """.formatted(accounts, server)
                + listener.formatted("profile: anonymous-only")
                + listener.formatted("profile: strict")
                + listener.formatted("profile: compat")
                + listener.formatted("valid-commands: 'USER, PASS, TYPE, CWD, PASV, RETR=[.]txt$'")
                + listener.formatted(
                        "replies: {banner: FTP here., system: 'UNIX Type: L8', hide-features: [MDTM], mask: [550],"
                                + " replace: [{code: 550, with: 553}]}")
                + listener.formatted("rules: [{action: allow, max-size: " + MOST + ", inspect: none, file: '*.bin'},"
                        + " {action: allow, inspect: types, direction: upload}],"
                        + " inspection: {hash: {}, types: {deny: application/x-msdownload}}")
                + listener.formatted(
                        "tls: {self-signed: true}, rules: [{action: deny, verb: DELE, tls: false, reply: 550 clear.},"
                                + " {action: deny, verb: DELE, tls: true, reply: 550 tls.}]")
                + listener.formatted("rules: [{action: deny, verb: " + denied + ", reply: 550 rule.}]");
    }

    @AfterAll
    static void stop() {
        jar.close();
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "joe | MKD x | 550 group.",
                "ann | RMD x | 550 gateway-user.",
                "joe | RMD nowhere | 550 Remove directory operation failed.",
                "ann | MKD /nowhere/x | 550 Create directory operation failed."
            })
    void decideByUsersOfTheGateway(String user, String command, String reply) throws IOException {
        try (RawFtp client = RawFtp.loginOnly(new Target(jar.addresses().get(MEMBERS), user, "secret"))) {
            assertThat(client.ask(command).text()).isEqualTo(reply);
        }
    }

    @Test
    void anonymousOnlyLetsOthersNotLogIn() throws IOException {
        try (RawFtp client = RawFtp.connect(jar.addresses().get(ANONYMOUS))) {
            client.read();
            assertThat(client.ask("USER root").negative()).isTrue();
        }
        try (RawFtp client = RawFtp.login(target(ANONYMOUS))) {
            assertThat(client.download(DataSyntax.PASV, "RETR old.txt")).hasSize(3);
            assertThat(client.ask("STOR new.txt").code()).isEqualTo(550);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SITE UTIME x | 502", "SITE HELP | 550", "XMD5 old.txt | 502", "PWD | 257", "FOO | 502"})
    void strictHasCommandsOfRfcsOnly(String command, int code) throws IOException {
        try (RawFtp client = RawFtp.login(target(STRICT))) {
            assertThat(client.ask(command).code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SITE CHMOD 644 nowhere | 550", "FOO | 500"})
    void compatLeavesAllToTheServer(String command, int code) throws IOException {
        try (RawFtp client = RawFtp.login(target(COMPAT))) {
            assertThat(client.ask(command).code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"RETR old.exe | 501", "STOR old.txt | 502", "DELE old.txt | 502", "QUIT | 221"})
    void validCommandsAreTheOnlyOnes(String command, int code) throws IOException {
        try (RawFtp client = RawFtp.login(target(VALID))) {
            assertThat(client.ask(command).code()).isEqualTo(code);
        }
    }

    @Test
    void validCommandsTransfer() throws IOException {
        try (RawFtp client = RawFtp.login(target(VALID))) {
            assertThat(client.download(DataSyntax.PASV, "RETR old.txt")).hasSize(3);
        }
    }

    @Test
    void repliesAreChanged() throws IOException {
        try (RawFtp client = RawFtp.connect(jar.addresses().get(REPLIES))) {
            assertThat(client.read().text()).isEqualTo("220 FTP here.");
            client.ask("USER anonymous");
            client.ask("PASS x");
            assertThat(client.ask("SYST").text()).isEqualTo("215 UNIX Type: L8");
            assertThat(client.ask("FEAT").text()).contains("SIZE").doesNotContain("MDTM");
            assertThat(client.ask("DELE nowhere").text()).startsWith("553 ").doesNotContain("Delete");
        }
    }

    @Test
    void aDownloadOfTheLargestSizePasses() throws IOException {
        try (RawFtp client = RawFtp.login(target(SIZES))) {
            assertThat(client.download(DataSyntax.PASV, "RETR most.bin")).hasSize(MOST);
        }
    }

    @Test
    void aDownloadOfOneByteMoreIsCut() throws IOException {
        try (RawFtp client = RawFtp.login(target(SIZES))) {
            Throwable failure = catchThrowable(() -> client.download(DataSyntax.PASV, "RETR more.bin"));

            assertThat(failure).isNotNull();
        }
        assertThat(jar.awaitLog("end=OVER_LIMIT verb=RETR", 1)).contains("more.bin");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anUploadIsCutAtTheByte(int more) throws IOException {
        Path arrived = SERVER.files().resolve("up" + more + ".bin");
        try (RawFtp client = RawFtp.login(target(SIZES))) {
            Throwable failure = catchThrowable(
                    () -> client.upload(DataSyntax.EPSV, "STOR up" + more + ".bin", Payload.bytes(MOST + more)));

            assertThat(failure == null).isEqualTo(more == 0);
        }
        assertThat(Files.size(arrived)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void aRuleChoosesWhatInspects() throws IOException {
        byte[] program = {'M', 'Z', 0, 0};
        try (RawFtp client = RawFtp.login(target(SIZES))) {
            client.upload(DataSyntax.PASV, "STOR program.bin", program);
            Throwable failure = catchThrowable(() -> client.upload(DataSyntax.PASV, "STOR program.jpg", program));

            assertThat(failure).isNotNull();
        }
        assertThat(SERVER.files().resolve("program.bin")).hasSize(program.length);
        assertThat(jar.awaitLog("content rejected", 1)).contains("program.jpg");
        assertThat(jar.log("program.bin").stream().filter(line -> line.contains("content")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 550 clear.", "--ssl-reqd, 550 tls."})
    void decideByTls(String option, String reply) {
        List<String> command = new ArrayList<>(List.of("curl", "-sSvk", "-Q", "DELE x"));
        if (!option.isEmpty()) {
            command.add(option);
        }
        command.add("ftp://127.0.0.1:" + jar.addresses().get(TLS).getPort() + "/");

        assertThat(Program.run(temp, command, "", Duration.ofSeconds(60))).contains("< " + reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOR a\u00ff.exe", "STOR a\u00c0\u00afb", "STOR \u00c0\u00ae\u00c0\u00ae/x", "CWD \u00ff"})
    void pathsThatAreNotUtf8AreRefusedWhereARuleLooksAtThem(String command) throws IOException {
        try (RawFtp client = RawFtp.login(target(SIZES))) {
            client.write((command + "\r\n").getBytes(ISO_8859_1));

            assertThat(client.read().text()).isEqualTo("550 Path not accepted; use a plain absolute path.");
        }
    }

    @Test
    void lftpIsRefusedWithTheReason() {
        String output = Program.run(
                temp,
                List.of(
                        "lftp",
                        "-c",
                        "set net:max-retries 1; open -u anonymous,x ftp://127.0.0.1:"
                                + jar.addresses().get(MEMBERS + 2).getPort() + "; quote SITE UTIME x"),
                "",
                Duration.ofSeconds(60));

        assertThat(output).contains("502 ");
    }

    /** Sessions keep the rules with which they began. */
    @Test
    void aReloadTakesOtherRulesForNewSessions() throws Exception {
        try (RawFtp before = RawFtp.login(target(RELOADED))) {
            assertThat(before.ask("DELE x").text()).isEqualTo("550 rule.");
            jar.replaceFile(Files.readString(jar.file())
                    .replace("verb: DELE, reply: 550 rule.", "verb: RMD, reply: 550 rule."));
            jar.reload();

            assertThat(before.ask("DELE x").text()).isEqualTo("550 rule.");
            try (RawFtp after = RawFtp.login(target(RELOADED))) {
                assertThat(after.ask("RMD x").text()).isEqualTo("550 rule.");
                assertThat(after.ask("DELE x").text()).isNotEqualTo("550 rule.");
            }
        }
    }

    private static Target target(int listener) {
        return new Target(jar.addresses().get(listener), SERVER.user(), SERVER.password());
    }
}
