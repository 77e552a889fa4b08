package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar with a config file of two listeners: it moves files through both, and both end at SIGTERM. */
@Timeout(120)
class ConfigIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("ftpalg.jar")));
    private static final Pattern READY =
            Pattern.compile("ftp-alg \\S+ ready: 127\\.0\\.0\\.1:([0-9]+) -> .* \\(reverse\\), .*; "
                    + "127\\.0\\.0\\.1:([0-9]+) -> user@host \\(forward, 1 target rule\\), .*");

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void movesAFileThroughBothListenersAndEndsAtSigterm() throws Exception {
        try (TestServer server = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE)) {
            Target direct = Target.of(server);
            Process process = start("""
                    listeners:
                      - {bind: "127.0.0.1:0", upstream: "%1$s", server-mode: passive}
                      - {bind: "127.0.0.1:0", forward: {allow: "%2$s/32:%3$s"}, limits: {sessions: 3}}
                    """.formatted(direct.authority(), direct.host(), direct.port()));
            try {
                String line = process.inputReader(US_ASCII).readLine();
                Matcher ready = READY.matcher(line);
                assertThat(ready.matches()).as(line).isTrue();

                moveAFile(at(ready.group(1)), direct.user(), direct.password());
                moveAFile(at(ready.group(2)), direct.user() + "@" + direct.authority(), direct.password());
                try (Socket idle = new Socket("127.0.0.1", at(ready.group(2)).getPort())) {
                    assertThat(idle.getInputStream().read()).isEqualTo('2');
                    // Not Process.destroy, which closes the streams too.
                    process.toHandle().destroy();
                    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void moveAFile(InetSocketAddress gateway, String user, String password) throws Exception {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        FTPClient client = CommonsNet.open(new Target(gateway, user, password), DataSyntax.PASV);
        try {
            assertThat(client.storeFile("moved", new ByteArrayInputStream(content)))
                    .as(client.getReplyString())
                    .isTrue();
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            assertThat(client.retrieveFile("moved", back))
                    .as(client.getReplyString())
                    .isTrue();
            assertThat(back.toByteArray()).isEqualTo(content);
        } finally {
            client.disconnect();
        }
    }

    private static InetSocketAddress at(String port) {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    private Process start(String config) throws Exception {
        Path file = Files.writeString(temp.resolve("gateway.yaml"), config);
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-jar",
                        JAR.toString(),
                        "--config",
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
