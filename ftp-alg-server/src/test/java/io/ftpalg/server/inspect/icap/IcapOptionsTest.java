package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.icap.IcapHead.Header;
import io.ftpalg.server.inspect.icap.IcapOptions.Sending;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcapOptionsTest {

    private static IcapOptions options(String... headers) throws IcapException {
        return IcapOptions.of(new IcapHead(
                200,
                Arrays.stream(headers)
                        .map(text -> new Header(
                                text.substring(0, text.indexOf(':')),
                                text.substring(text.indexOf(':') + 1).strip()))
                        .toList()));
    }

    @Test
    void readsAll() throws Exception {
        IcapOptions options = options(
                "Methods: reqmod",
                "Preview: 1024",
                "Allow: 204, 206",
                "Max-Connections: 5",
                "Options-TTL: 60",
                "ISTag: \"a\"");

        assertThat(options.preview()).contains(1024);
        assertThat(options.allow204()).isTrue();
        assertThat(options.maxConnections()).contains(5);
        assertThat(options.ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.tag()).isEqualTo("\"a\"");
    }

    @Test
    void mayHaveTheMethodsOnly() throws Exception {
        IcapOptions options = options("Methods: RESPMOD");

        assertThat(options.preview()).isEmpty();
        assertThat(options.allow204()).isFalse();
        assertThat(options.maxConnections()).isEmpty();
        assertThat(options.ttl()).isEqualTo(IcapOptions.MOST_TTL);
        assertThat(options.tag()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65535, 65535", "65536, 65536", "65537, 65536"})
    void boundsThePreview(String asked, int sent) throws Exception {
        assertThat(options("Methods: REQMOD", "Preview: " + asked).preview()).isEqualTo(Optional.of(sent));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3599, 3599", "3600, 3600", "3601, 3600"})
    void boundsTheTtl(String asked, int seconds) throws Exception {
        assertThat(options("Methods: REQMOD", "Options-TTL: " + asked).ttl()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void hasOneConnectionAtLeast() throws Exception {
        assertThat(options("Methods: REQMOD", "Max-Connections: 0").maxConnections())
                .contains(1);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> options("Methods: REQMOD", "Preview: x")).hasMessage("sent Preview that is no number");
    }

    @Test
    void refusesAServiceThatIsNotThere() {
        assertThatThrownBy(() -> IcapOptions.of(new IcapHead(404, java.util.List.of())))
                .hasMessage("replied 404 to OPTIONS");
    }

    @ParameterizedTest
    @CsvSource({"exe, COMPLETE", "GIF, IGNORE", "txt, PREVIEW", "'', PREVIEW"})
    void sendsByTheExtension(String extension, Sending sending) throws Exception {
        IcapOptions options = options(
                "Methods: REQMOD",
                "Preview: 1",
                "Transfer-Preview: *",
                "Transfer-Ignore: gif, jpg",
                "Transfer-Complete: EXE");

        assertThat(options.sending(extension)).isEqualTo(sending);
    }

    @ParameterizedTest
    @CsvSource({"Preview: 1, A: b, PREVIEW", "A: b, A: b, COMPLETE", "Preview: 1, Transfer-Preview: txt, COMPLETE"})
    void sendsAllWithoutThePreviewIfNoneIsAskedFor(String first, String second, Sending sending) throws Exception {
        assertThat(options("Methods: REQMOD", first, second).sending("exe")).isEqualTo(sending);
    }
}
