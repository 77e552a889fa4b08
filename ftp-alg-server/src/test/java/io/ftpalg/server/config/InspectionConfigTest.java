package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.policy.inspect.InspectionTerms.Trickle;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.server.inspect.ClamSettings;
import io.ftpalg.server.inspect.HoldingSettings;
import io.ftpalg.server.inspect.InspectionSettings;
import io.ftpalg.server.inspect.icap.IcapSettings;
import io.ftpalg.server.inspect.icap.IcapUrl;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.spill.SpillSettings;
import io.ftpalg.server.inspect.tee.TeeSettings;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        assertThat(settings.remnant()).isEqualTo(Remnant.KEEP);
        assertThat(settings.hash()).isPresent();
        assertThat(settings.types()).isEmpty();
        assertThat(settings.clamav()).isEmpty();
    }

    @Test
    void holdsWholeFilesBySpill() throws Exception {
        HoldingSettings holding = load("inspection: {hold: all, spill: {directory: /var/tmp, above: 2MiB}}")
                .orElseThrow()
                .holding();

        assertThat(holding)
                .isEqualTo(new HoldingSettings(
                        HoldingSettings.Hold.ALL,
                        Optional.empty(),
                        Optional.of(new SpillSettings(Path.of("/var/tmp"), 2 << 20, 1L << 30, 10L << 30))));
    }

    @Test
    void passesAFewBytesOnBeforeTheVerdict() throws Exception {
        assertThat(load("inspection: {hash: {}, hold-back: 1MiB, trickle: {interval: 5s}}")
                        .orElseThrow()
                        .holding()
                        .trickle())
                .contains(new Trickle(1000, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hold: all|hold: all needs spill",
                "spill: {directory: /var/tmp}|spill holds nothing with hold: end",
                "trickle: {}|trickle has nothing to pass on",
                "hold-back: 1MiB, trickle: {interval: 3601s}|expected a time up to 1h",
                "hold: all, memory: 1MiB, spill: {directory: /var/tmp}|memory is below twice spill.above"
            })
    void refusesWhatContradictsInHolding(String keys, String problem) throws Exception {
        assertThat(problem("inspection: {" + keys + "}")).contains(problem);
    }

    @Test
    void deletesRemnantsOfUploadsByChoice() throws Exception {
        assertThat(load("inspection: {hash: {}, remnant: delete}").orElseThrow().remnant())
                .isEqualTo(Remnant.DELETE);
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
    void afterAFailureItDoesWhatIsSet(String text, OnFailure meaning) throws Exception {
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
                "{verdict-timeout: 3601s} | gateway.yaml:4:35: inspection.verdict-timeout '3601s': expected a time up to 1h",
                "{hold-back: 1MiB, memory: 2097151} | memory is below twice hold-back",
                "{icap: {url: 'http://a/b'}} | expected icap://HOST[:PORT]/SERVICE",
                "{icap: {url: 'icap://a/b', timeout: 60s}} | icap.timeout is not below verdict-timeout",
                "{icap: [{url: 'icap://a/b'}, {url: 'icap://a:1344/b'}]} | this service is there already",
                "{icap: {connections: 1}} | url",
                "{hold-back: 65535} | hold-back",
                "{deny-names: 'a\\'} | inspection.deny-names 'a\\': a glob does not end with a backslash",
                "{tee: {names: '*'}} | tee has directory or s3: set one of them",
                "{tee: {directory: /d, s3: {bucket: abc, access-key-file: /etc/hosts, secret-key-file: /etc/hosts}}} | set one of them",
                "{tee: {s3: {bucket: abc, access-key-file: /etc/hosts}}} | secret-key-file",
                "{tee: {s3: {bucket: A}}} | expected 3 to 63 letters",
                "{tee: {s3: {region: 'a b'}}} | expected the name of a region",
                "{tee: {s3: {prefix: 'a?b'}}} | expected at most 200 letters",
                "{tee: {s3: {endpoint: 'ftp://a'}}} | expected https://HOST",
                "{tee: {directory: /d, names: 'a\\'}} | inspection.tee.names 'a\\': a glob does not end with a backslash",
                "{tee: {directory: /d, timeout: 60s}} | tee.timeout is not below verdict-timeout",
                "{tee: {directory: /d, memory: 9437183}} | 9437184 to"
            })
    void refusesWhatIsWrong(String inspection, String message) throws Exception {
        assertThat(problem("inspection: " + inspection)).contains(message);
    }

    @Test
    void aVerdictMayTakeAnHour() throws Exception {
        assertThat(load("inspection: {verdict-timeout: 1h}").orElseThrow().verdictTimeout())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void memoryForOneFileIsEnough() throws Exception {
        assertThat(load("inspection: {hold-back: 1MiB, memory: 2MiB}")
                        .orElseThrow()
                        .memory())
                .isEqualTo(2 << 20);
    }

    @Test
    void aTimeoutBelowThatOfTheVerdictIsRight() throws Exception {
        assertThat(clamav("{address: /s, timeout: 59s}").timeout()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void hasServicesOfIcapInTheirOrder() throws Exception {
        String services =
                "[{url: 'icap://a/b'}, {url: 'icap://[::1]:99/c', on-failure: pass, max-size: 1kB, connections: 2,"
                        + " timeout: 1s, client-ip: true, user: true}]";

        assertThat(load("inspection: {icap: " + services + "}").orElseThrow().icap())
                .containsExactly(
                        new IcapSettings(
                                IcapUrl.of("icap://a/b"),
                                OnFailure.REJECT,
                                100 << 20,
                                16,
                                Duration.ofSeconds(30),
                                false,
                                false),
                        new IcapSettings(
                                IcapUrl.of("icap://[::1]:99/c"),
                                OnFailure.PASS,
                                1000,
                                2,
                                Duration.ofSeconds(1),
                                true,
                                true));
    }

    @Test
    void nothingInspectsWhatPassesThrough() throws Exception {
        String passed = "tls: {auth-mode: passthrough}\n    inspection: {hash: {}";

        assertThat(problem(passed + "}")).contains("nothing can inspect the sessions of tls.auth-mode passthrough");
        assertThat(load(passed + ", uninspectable: allow}")).isPresent();
    }

    @Test
    void copiesHaveDefaults() throws Exception {
        assertThat(load("inspection: {tee: {directory: /d}}").orElseThrow().tee())
                .hasValue(new TeeSettings(
                        new Directory(Path.of("/d"), 1 << 30),
                        List.of(),
                        Rejected.REMOVE,
                        OnFailure.REJECT,
                        10L << 30,
                        256 << 20,
                        Duration.ofSeconds(30)));
    }

    @Test
    void copiesHaveWhatIsSet() throws Exception {
        assertThat(load("inspection: {tee: {directory: /d, names: ['*.csv', b], rejected: keep, on-failure: pass, "
                                + "max-size: 1MB, min-free: 0, memory: 9MiB, timeout: 59s}}")
                        .orElseThrow()
                        .tee())
                .hasValue(new TeeSettings(
                        new Directory(Path.of("/d"), 0),
                        List.of("*.csv", "b"),
                        Rejected.KEEP,
                        OnFailure.PASS,
                        1_000_000,
                        9 << 20,
                        Duration.ofSeconds(59)));
    }

    @Test
    void copiesMayBeInABucket() throws Exception {
        Path key = Files.writeString(temp.resolve("key"), "k");

        assertThat(
                        load("inspection: {tee: {s3: {endpoint: 'https://s3.example.com:9000', region: eu-1, bucket: my.copies, "
                                        + "prefix: ftp/, access-key-file: " + key + ", secret-key-file: " + key
                                        + ", path-style: true}}}")
                                .orElseThrow()
                                .tee()
                                .orElseThrow()
                                .place())
                .isEqualTo(new S3(
                        Optional.of(URI.create("https://s3.example.com:9000")),
                        "eu-1",
                        "my.copies",
                        "ftp/",
                        key,
                        key,
                        true));
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
