package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.server.inspect.ClamSettings;
import io.ftpalg.server.inspect.InspectionSettings;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section inspection of a listener: InspectionKeys. */
class InspectionConfigTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void isOffUnlessItIsGiven() throws Exception {
        assertThat(load("")).isEmpty();
    }

    @Test
    void hasDefaults() throws Exception {
        InspectionSettings settings = load("inspection: {hash: {}}").orElseThrow();

        assertThat(settings.holdBack()).isEqualTo(64 << 10);
        assertThat(settings.verdictTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.hash()).isPresent();
        assertThat(settings.types()).isEmpty();
        assertThat(settings.clamav()).isEmpty();
    }

    @Test
    void aScannerByAddressHasAPort() throws Exception {
        assertThat(clamav("{address: 'scanner.example.com'}").address())
                .isEqualTo(InetSocketAddress.createUnresolved("scanner.example.com", 3310));
    }

    @Test
    void aScannerByPathIsAUnixDomainSocket() throws Exception {
        assertThat(clamav("{address: /run/clamav/clamd.ctl}").address())
                .isEqualTo(UnixDomainSocketAddress.of("/run/clamav/clamd.ctl"));
    }

    @ParameterizedTest
    @CsvSource({"reject, REJECT", "pass, PASS"})
    void afterAFailureItDoesWhatIsSet(String text, ClamSettings.OnFailure meaning) throws Exception {
        assertThat(clamav("{address: /s, on-failure: " + text + "}").onFailure())
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"allow, image/*", "deny, application/zip"})
    void typesAreAllowedOrDenied(String key, String type) throws Exception {
        assertThat(load("inspection: {types: {" + key + ": '" + type + "'}}")
                        .orElseThrow()
                        .types())
                .hasValueSatisfying(types -> assertThat(types.toString()).contains(type));
    }

    @Test
    void emptyTypesAreNone() throws Exception {
        assertThat(load("inspection: {types: {}}").orElseThrow().types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{types: {deny: image}} | expected a media type, such as image/png or image/*",
                "{clamav: {address: ':0'}} | expected HOST[:PORT], or the path of a Unix domain socket",
                "{clamav: {address: /s, timeout: 60s}} | clamav.timeout is not below verdict-timeout",
                "{clamav: {address: /s, connections: 1001}} | 1 to 1000",
                "{hold-back: 65535} | hold-back"
            })
    void refusesWhatIsWrong(String inspection, String message) throws Exception {
        assertThat(problem("inspection: " + inspection)).contains(message);
    }

    @Test
    void aTimeoutBelowThatOfTheVerdictIsRight() throws Exception {
        assertThat(clamav("{address: /s, timeout: 59s}").timeout()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void nothingInspectsWhatPassesThrough() throws Exception {
        String passed = "tls: {auth-mode: passthrough}\n    inspection: {hash: {}";

        assertThat(problem(passed + "}")).contains("nothing can inspect the sessions of tls.auth-mode passthrough");
        assertThat(load(passed + ", uninspectable: allow}")).isPresent();
    }

    private ClamSettings clamav(String settings) throws Exception {
        return load("inspection: {clamav: " + settings + "}")
                .flatMap(InspectionSettings::clamav)
                .orElseThrow();
    }

    private Optional<InspectionSettings> load(String section) throws Exception {
        return ConfigLoader.load(file(section), name -> Optional.empty())
                .settings()
                .listeners()
                .get(0)
                .inspection();
    }

    private String problem(String section) throws Exception {
        Path file = file(section);
        return String.join(
                "\n",
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, name -> Optional.empty()))
                        .lines());
    }

    private Path file(String section) throws Exception {
        return Files.writeString(temp.resolve("gateway.yaml"), """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: a
                    %s
                """.formatted(section));
    }
}
