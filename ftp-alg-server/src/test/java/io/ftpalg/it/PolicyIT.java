package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the config file, through the jar, in front of vsftpd. */
@Timeout(120)
class PolicyIT {
    private static final TestServer SERVER = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private static Path temp = Path.of(".");

    private static ConfiguredJar jar;

    @BeforeAll
    static void start() throws IOException {
        Workspace.writable(SERVER.files().resolve("anonymous"));
        Files.writeString(SERVER.files().resolve("old.txt"), "old");
        String listener = "  - {bind: '127.0.0.1:0', upstream: '"
                + Target.of(SERVER).authority() + "', limits: {new-sessions-per-second: 1000}, %s}\n";
        jar = ConfiguredJar.start(
                temp,
                "listeners:\n"
                        + listener.formatted("rules: [{list: each}]")
                        + listener.formatted("rules: [{action: jail, root: /pub/%u}]")
                        + listener.formatted("profile: read-only")
                        + listener.formatted("profile: upload-only")
                        + """
                        rule-lists:
                          - name: each
                            rules:
                              - {action: deny, file: "*.exe", reply: 550 file.}
                              - {action: deny, path: /pub/secret/**, reply: 550 path.}
                              - {action: deny, argument: "re:[0-9]+", verb: SIZE, reply: 550 argument.}
                              - {action: deny, direction: delete, reply: 550 direction.}
                              - {action: deny, verb: MKD, reply: 550 verb.}
                              - {action: deny, larger-than: 1000, reply: 552 size.}
                              - {action: deny, verb: MDTM, client: 127.0.0.0/8, user: anon*, server: 127.0.0.0/8, tls: false,
                                 time: "00:00-24:00 UTC", reply: 550 all.}
                        """);
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
                "STOR a.EXE | 550 file.",
                "RNTO a.exe | 550 file.",
                "STOR x/../secret/y | 550 path.",
                "RETR ../pub//secret/ | 550 path.",
                "LIST -la /pub/secret | 550 path.",
                "NLST secret/* | 550 path.",
                "STAT secret | 550 path.",
                "RNFR secret/a | 550 path.",
                "MLST secret | 550 path.",
                "SITE CHMOD 644 secret/a | 550 path.",
                "MFMT 20260101000000 secret/a | 550 path.",
                "SIZE 12 | 550 argument.",
                "DELE a | 550 direction.",
                "XRMD a | 550 direction.",
                "XMKD a | 550 verb.",
                "ALLO 1001 | 552 size.",
                "MDTM a | 550 all.",
                "CWD ..\\pub | 550 Path not accepted; use a plain absolute path.",
                "STOR C:/x | 550 Path not accepted; use a plain absolute path.",
                "STOR ~/x | 550 Path not accepted; use a plain absolute path.",
                "STOR | 550 Path not accepted; use a plain absolute path."
            })
    void deniesBeforeTheServerReceivesIt(String command, String reply) throws IOException {
        try (RawFtp client = RawFtp.login(target(0))) {
            assertThat(client.ask(command).text()).isEqualTo(reply);
        }
    }

    @Test
    void deniesATransferWithoutADataConnection() throws IOException {
        try (RawFtp client = RawFtp.login(target(0));
                DataPort port = client.agree(DataSyntax.PASV)) {
            assertThat(port).isNotNull();
            assertThat(client.ask("STOR b.exe").code()).isEqualTo(550);
        }
        assertThat(SERVER.files().resolve("b.exe")).doesNotExist();
    }

    @Test
    void keepsASessionInItsJail() throws IOException {
        try (RawFtp client = RawFtp.connect(jar.addresses().get(1))) {
            client.read();
            client.ask("USER anonymous");
            assertThat(client.ask("PASS x").code()).isEqualTo(230);

            assertThat(client.ask("PWD").text()).startsWith("257 \"/\"");
            assertThat(client.ask("MKD d").text()).startsWith("257 \"/d\"");
            assertThat(client.ask("CWD d").code()).isEqualTo(250);
            assertThat(client.ask("PWD").text()).startsWith("257 \"/d\"");
            client.upload(DataSyntax.PASV, "STOR ../../../f", new byte[] {1});
            assertThat(client.ask("CWD /pub").code()).isEqualTo(550);
        }
        assertThat(SERVER.files().resolve("anonymous/f")).hasSize(1);
    }

    @Test
    void readOnlyReadsOnly() throws IOException {
        try (RawFtp client = RawFtp.login(target(2))) {
            assertThat(client.download(DataSyntax.EPSV, "RETR old.txt")).hasSize(3);
            assertThat(client.ask("STOR new.txt").code()).isEqualTo(550);
        }
    }

    @Test
    void uploadOnlyReplacesNothing() throws IOException {
        try (RawFtp client = RawFtp.login(target(3))) {
            client.upload(DataSyntax.PASV, "STOR once.txt", new byte[] {1});

            assertThat(client.ask("STOR once.txt").text()).isEqualTo("553 The file exists, and may not be replaced.");
            assertThat(client.ask("LIST").code()).isEqualTo(550);
            assertThat(client.ask("RETR once.txt").code()).isEqualTo(550);
        }
    }

    private static Target target(int listener) {
        return new Target(jar.addresses().get(listener), SERVER.user(), SERVER.password());
    }
}
