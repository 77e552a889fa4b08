package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.settings.OtlpSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section otlp of a config file: OtlpKeys. */
class OtlpConfigTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void isOffUnlessItIsGiven() throws Exception {
        assertThat(load("")).isEmpty();
    }

    @Test
    void theEndpointIsEnough() throws Exception {
        assertThat(load("otlp: {endpoint: 'http://127.0.0.1:4318/'}\n"))
                .hasValue(new OtlpSettings(
                        URI.create("http://127.0.0.1:4318"),
                        true,
                        true,
                        Duration.ofMinutes(1),
                        Map.of(),
                        Optional.empty(),
                        "ftp-alg",
                        Map.of(),
                        1));
    }

    @Test
    void meansWhatItSays() throws Exception {
        Files.writeString(temp.resolve("headers"), "Authorization: Bearer s3cr3t\n");
        Files.writeString(temp.resolve("ca.pem"), "-");

        assertThat(load("otlp: {endpoint: 'HTTPS://[::1]:4318/otlp', metrics: false, traces: true, interval: 5s,"
                        + " headers-file: headers, ca: ca.pem, service-name: edge, trace-ratio: 0.25,"
                        + " resource-attributes: [host.name=a, a.b=c=d]}\n"))
                .hasValue(new OtlpSettings(
                        URI.create("https://[::1]:4318/otlp"),
                        false,
                        true,
                        Duration.ofSeconds(5),
                        Map.of("Authorization", Secret.of("Bearer s3cr3t")),
                        Optional.of(temp.resolve("ca.pem")),
                        "edge",
                        Map.of("host.name", "a", "a.b", "c=d"),
                        0.25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | endpoint",
                "{endpoint: '127.0.0.1:4318'} | expected http://HOST:PORT or https://HOST:PORT, without a user",
                "{endpoint: 'grpc://a:4317'} | expected http://HOST:PORT",
                "{endpoint: 'http://user:s3cr3t@a'} | a password or token belongs in headers-file",
                "{endpoint: 'http://a/?b'} | expected http://HOST:PORT",
                "{endpoint: 'http://a/#b'} | expected http://HOST:PORT",
                "{endpoint: 'http://a:0'} | expected http://HOST:PORT",
                "{endpoint: 'http://a:65536'} | expected http://HOST:PORT",
                "{endpoint: 'http://a b'} | expected http://HOST:PORT",
                "{endpoint: 'http://a', metrics: false, traces: false} | otlp exports nothing: set metrics or traces to true",
                "{endpoint: 'http://a', interval: 0} | expected a time",
                "{endpoint: 'http://a', ca: wrong} | ca is for an endpoint with https only",
                "{endpoint: 'http://a', headers-file: wrong} | line 1: expected NAME: VALUE",
                "{endpoint: 'http://a', resource-attributes: a} | expected NAME=VALUE",
                "{endpoint: 'http://a', resource-attributes: 'a='} | expected 1 to 255 printing characters",
                "{endpoint: 'http://a', resource-attributes: service.name=b} | service.name has a key of its own, service-name",
                "{endpoint: 'http://a', trace-ratio: 1.01} | expected a number from 0 to 1",
                "{endpoint: 'http://a', trace-ratio: -1} | expected a number from 0 to 1",
                "{endpoint: 'http://a', protocol: grpc} | protocol"
            })
    void refusesWhatIsWrong(String otlp, String message) throws Exception {
        Files.writeString(temp.resolve("wrong"), "s3cr3t\n");

        assertThat(problem("otlp: " + otlp + "\n")).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0, 0", ".5, 0.5", "0.001, 0.001", "0.999, 0.999", "1, 1", "1.0, 1"})
    void aRatioIsFromZeroToOne(String text, double ratio) throws Exception {
        assertThat(load("otlp: {endpoint: 'http://a', trace-ratio: '" + text + "'}\n")
                        .orElseThrow()
                        .traceRatio())
                .isEqualTo(ratio);
    }

    @ParameterizedTest
    @CsvSource({"254, true", "255, true", "256, false"})
    void aServiceNameHasALength(int length, boolean fits) throws Exception {
        Path file = file("otlp: {endpoint: 'http://a', service-name: " + "a".repeat(length) + "}\n");

        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, name -> Optional.empty()))
                        == null)
                .isEqualTo(fits);
    }

    @Test
    void checkShowsNoHeader() throws Exception {
        Files.writeString(temp.resolve("headers"), "Authorization: Bearer s3cr3t\n");
        ConfigFile config = ConfigLoader.load(
                file("otlp: {endpoint: 'http://a', headers-file: headers}\n"), name -> Optional.empty());

        assertThat(String.join("\n", EffectiveConfig.lines(config)))
                .contains("headers-file: ")
                .doesNotContain("s3cr3t");
        assertThat(config.settings().toString()).doesNotContain("s3cr3t");
    }

    private Optional<OtlpSettings> load(String otlp) throws Exception {
        return ConfigLoader.load(file(otlp), name -> Optional.empty())
                .settings()
                .otlp();
    }

    private String problem(String otlp) throws Exception {
        Path file = file(otlp);
        return String.join(
                "\n",
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, name -> Optional.empty()))
                        .lines());
    }

    private Path file(String otlp) throws Exception {
        return Files.writeString(
                temp.resolve("gateway.yaml"), "listeners: [{bind: '127.0.0.1:2121', upstream: a}]\n" + otlp);
    }
}
