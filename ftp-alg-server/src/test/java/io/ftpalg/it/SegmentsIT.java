package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands cut and joined as TCP may do. */
class SegmentsIT {
    @RegisterExtension
    static final World WORLD = new World();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void ofOneByteMakeCommands(ServerKind kind) throws IOException {
        Target target = WORLD.gateway(kind).target();
        String directory = UUID.randomUUID().toString();

        try (RawFtp ftp = RawFtp.connect(target.address())) {
            assertThat(ftp.read().code()).isEqualTo(220);
            for (byte b : lines(
                    "USER " + target.user(),
                    "PASS " + target.password(),
                    "CWD " + TestServer.DIRECTORY,
                    "MKD " + directory,
                    "QUIT")) {
                ftp.write(new byte[] {b});
            }
            assertThat(List.of(
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code()))
                    .containsExactly(331, 230, 250, 257, 221);
        }
        assertThat(WORLD.server(kind, false).files().resolve(directory)).isDirectory();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void withSeveralCommandsGetRepliesInOrder(ServerKind kind) throws IOException {
        Target target = WORLD.gateway(kind).target();

        try (RawFtp ftp = RawFtp.connect(target.address())) {
            assertThat(ftp.read().code()).isEqualTo(220);
            ftp.write(lines(
                    "USER " + target.user(),
                    "PASS " + target.password(),
                    "PWD",
                    "TYPE I",
                    "PASV",
                    "NOOP",
                    "EPSV",
                    "SIZE nowhere"));
            assertThat(List.of(
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code(),
                            ftp.read().code()))
                    .containsExactly(331, 230, 257, 200, 227, 200, 229, 550);
        }
    }

    /** What {@code printf '...' | nc gateway} does: it ends its side before it got a single reply. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void upToQuitAreAnsweredAfterAHalfClose(ServerKind kind) throws IOException {
        Target target = WORLD.gateway(kind).target();

        try (RawFtp ftp = RawFtp.connect(target.address())) {
            ftp.write(lines("USER " + target.user(), "PASS " + target.password(), "PWD", "QUIT"));
            ftp.shutdownOutput();

            List<String> codes = ftp.readToEnd()
                    .lines()
                    .filter(line -> line.matches("\\d{3} .*"))
                    .map(line -> line.substring(0, 3))
                    .toList();
            assertThat(codes).containsExactly("220", "331", "230", "257", "221");
        }
    }

    private static byte[] lines(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1);
    }
}
