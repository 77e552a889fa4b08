package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of files that a gateway may be tempted to touch. In the strings a char is a byte. */
class NamesIT {
    private static final byte[] CONTENT = Payload.bytes(1000);
    private static final List<String> NAMES = List.of(
            "two words",
            " leading",
            "  two leading",
            "trailing ",
            "tab\tin it",
            bytes("\u00fcml\u00e4ut-\u65e5\u672c\u8a9e"),
            "latin1-\u00e9",
            "percent%20s",
            "quote\"s",
            "227 (127,0,0,1,4,5)");

    @RegisterExtension
    static final World WORLD = new World();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void reachTheServerAsTheClientSentThem(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);

        Set<String> direct = storeAll(Target.of(gateway.server()), NAMES);
        Set<String> through = storeAll(gateway.target(), NAMES);

        assertThat(through).isEqualTo(direct);
    }

    @Test
    void keepAnEscapedByte255WithAServerThatSpeaksTelnet() throws IOException {
        Gateway gateway = WORLD.gateway(ServerKind.PROFTPD);
        List<String> escaped = List.of("a\u00ff\u00ffb", "\u00ff\u00ff", "\u00ff\u00ff\u00ff\u00ff");

        Set<String> direct = storeAll(Target.of(gateway.server()), escaped);
        Set<String> through = storeAll(gateway.target(), escaped);

        assertThat(through).isEqualTo(direct).contains("a\u00ffb", "\u00ff", "\u00ff\u00ff");
    }

    /** 0xFF is a letter of CP1251, and any letter may follow it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"VSFTPD", "PROFTPD"})
    void keepByte255AsTheClientWroteItByDefault(ServerKind kind) throws IOException {
        List<String> names =
                List.of("\u00ec\u00ff\u00f1\u00ee", "\u00ef\u00ff\u00f2\u00fc", "\u00ff\u00e1\u00eb", "a\u00ff\u00ffb");
        Gateway gateway = WORLD.gateway(kind);

        Set<String> direct = storeAll(Target.of(gateway.server()), names);
        Set<String> through = storeAll(gateway.target(), names);

        assertThat(through).isEqualTo(direct);
    }

    @Test
    void keepABareByte255WhereTelnetIsOff() throws IOException {
        List<String> bare = List.of("a\u00ffb", "\u00ffAB", "\u00ff\u00f4\u00ff\u00f2");

        try (Gateway gateway =
                WORLD.ownGateway(ServerKind.VSFTPD, ServerDataMode.CLIENT, builder -> builder.telnet(false))) {
            assertThat(storeAll(gateway.target(), bare)).containsExactlyInAnyOrderElementsOf(bare);
        }
    }

    /**
     * Stores and fetches all in a directory of their own. Returns the names that the server then lists, and what it
     * answered where it refused: servers have their own ideas of blanks and of charsets.
     */
    private static Set<String> storeAll(Target target, List<String> names) throws IOException {
        Set<String> outcome = new TreeSet<>();
        try (RawFtp ftp = RawFtp.login(target)) {
            String directory = UUID.randomUUID().toString();
            assertThat(ftp.ask("MKD " + directory).code()).isEqualTo(257);
            assertThat(ftp.ask("CWD " + directory).code()).isEqualTo(250);
            for (String name : names) {
                if (store(ftp, name, outcome)) {
                    fetch(ftp, name, outcome);
                }
            }
            new String(ftp.download(DataSyntax.PASV, "NLST"), ISO_8859_1)
                    .lines()
                    .forEach(outcome::add);
        }
        return outcome;
    }

    private static boolean store(RawFtp ftp, String name, Set<String> outcome) throws IOException {
        try (DataPort port = ftp.agree(DataSyntax.PASV)) {
            port.connect();
            RawFtp.Reply reply = ftp.ask("STOR " + name);
            if (reply.preliminary()) {
                port.accept().getOutputStream().write(CONTENT);
                port.accept().close();
                assertThat(ftp.read().completion()).isTrue();
                return true;
            }
            port.accept().close();
            outcome.add("STOR " + name + ": " + reply.text());
            return false;
        }
    }

    private static void fetch(RawFtp ftp, String name, Set<String> outcome) throws IOException {
        try (DataPort port = ftp.agree(DataSyntax.PASV)) {
            port.connect();
            RawFtp.Reply reply = ftp.ask("RETR " + name);
            if (reply.preliminary()) {
                assertThat(port.accept().getInputStream().readAllBytes())
                        .as(name)
                        .isEqualTo(CONTENT);
                // ProFTPD waits for it with its reply.
                port.accept().close();
                assertThat(ftp.read().completion()).isTrue();
            } else {
                outcome.add("RETR " + name + ": " + reply.text());
            }
            port.accept().close();
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
