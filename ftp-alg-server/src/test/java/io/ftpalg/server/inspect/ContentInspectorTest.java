package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.inspect.InspectionSettings.Hash;
import io.ftpalg.server.inspect.InspectionSettings.Parts;
import io.ftpalg.server.inspect.InspectionSettings.Transfers;
import io.ftpalg.server.inspect.InspectionSettings.Types;
import io.ftpalg.server.inspect.scan.ScanListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentInspectorTest {
    private static final int BACK = 128 << 10;

    private static InspectionSettings settings(Transfers direction, long memory) {
        return new InspectionSettings(
                direction,
                Parts.DENY,
                BACK,
                Duration.ofSeconds(9),
                Remnant.KEEP,
                HoldingSettings.END,
                memory,
                Optional.of(10L),
                List.of("*.exe"),
                Optional.of(new Types(List.of(), List.of("image/*"))),
                Optional.of(new Hash(Optional.empty())),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Optional<Inspection> of(ContentInspector inspector, FtpVerb verb, String path, Side sender) {
        return of(inspector, verb, path, sender, Optional.empty());
    }

    private static Optional<Inspection> of(
            ContentInspector inspector, FtpVerb verb, String path, Side sender, Optional<Set<String>> chosen) {
        return inspector.inspection(new InspectedTransfer(
                FtpCommand.of(verb, path),
                sender,
                1,
                new InetSocketAddress("127.0.0.1", 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                chosen));
    }

    @Test
    void inspectsByWhatIsChosenAndByNameAndSize() throws IOException {
        try (ContentInspector inspector = new ContentInspector(settings(Transfers.BOTH, 1 << 20), ScanListener.NONE)) {
            assertThat(findings(inspector, Optional.of(Set.of("hash")))).containsKey("sha256");
            assertThat(findings(inspector, Optional.of(Set.of("types")))).doesNotContainKey("sha256");
            assertThat(Verdicts.piece(
                            of(inspector, FtpVerb.STOR, "x.exe", Side.CLIENT, Optional.of(Set.of("none")))
                                    .orElseThrow(),
                            "abc"))
                    .contains("files of this name");
        }
    }

    private static Map<String, String> findings(ContentInspector inspector, Optional<Set<String>> chosen) {
        Inspection inspection =
                of(inspector, FtpVerb.STOR, "f", Side.CLIENT, chosen).orElseThrow();
        Verdicts.piece(inspection, "abc");
        Verdicts.end(inspection, 3);
        return inspection.findings();
    }

    @ParameterizedTest
    @CsvSource({
        "BOTH, STOR, CLIENT, true",
        "BOTH, RETR, SERVER, true",
        "BOTH, OTHER, SERVER, true",
        "BOTH, LIST, SERVER, false",
        "BOTH, MLSD, SERVER, false",
        "UPLOADS, STOU, CLIENT, true",
        "UPLOADS, RETR, SERVER, false",
        "DOWNLOADS, RETR, SERVER, true",
        "DOWNLOADS, APPE, CLIENT, false"
    })
    void inspectsFilesOfADirection(Transfers direction, FtpVerb verb, Side sender, boolean inspected)
            throws IOException {
        try (ContentInspector inspector = new ContentInspector(settings(direction, 1 << 20), ScanListener.NONE)) {
            assertThat(of(inspector, verb, "f", sender).isPresent()).isEqualTo(inspected);
        }
    }

    @Test
    void passesBytesThroughAllInspections() throws IOException {
        try (ContentInspector inspector = new ContentInspector(settings(Transfers.BOTH, 1 << 20), ScanListener.NONE)) {
            Inspection inspection =
                    of(inspector, FtpVerb.STOR, "f", Side.CLIENT).orElseThrow();

            assertThat(inspection.terms()).isEqualTo(new InspectionTerms(BACK, BACK, Duration.ofSeconds(9)));
            assertThat(Verdicts.piece(inspection, "abc")).isEqualTo("pass");
            assertThat(Verdicts.end(inspection, 3)).isEqualTo("pass");
            assertThat(inspection.findings())
                    .containsEntry("sha256", HashInspectionTest.ABC)
                    .containsEntry("type", "text/plain");
        }
    }

    @Test
    void rejectsWhatOneOfThemRejects() throws IOException {
        try (ContentInspector inspector = new ContentInspector(settings(Transfers.BOTH, 1 << 20), ScanListener.NONE)) {
            Inspection named = of(inspector, FtpVerb.STOR, "f.exe", Side.CLIENT).orElseThrow();
            Inspection large = of(inspector, FtpVerb.STOR, "f", Side.CLIENT).orElseThrow();
            Inspection typed = of(inspector, FtpVerb.STOR, "f", Side.CLIENT).orElseThrow();
            Verdicts.piece(typed, "GIF89a");

            assertThat(Verdicts.piece(named, "a")).isEqualTo("files of this name are not allowed");
            assertThat(Verdicts.piece(large, "12345678901")).isEqualTo("larger than 10 bytes");
            assertThat(Verdicts.end(typed, 6)).isEqualTo("content of type image/gif is not allowed");
        }
    }

    /** Each needs twice what it holds back. */
    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void rejectsWhatThereIsNoMemoryFor(int extra, boolean both) throws IOException {
        try (ContentInspector inspector =
                new ContentInspector(settings(Transfers.BOTH, 4L * BACK + extra), ScanListener.NONE)) {
            Inspection first = of(inspector, FtpVerb.STOR, "f", Side.CLIENT).orElseThrow();
            Inspection second = of(inspector, FtpVerb.STOR, "f", Side.CLIENT).orElseThrow();

            assertThat(Verdicts.end(first, 0)).isEqualTo("pass");
            assertThat(Verdicts.end(second, 0)).isEqualTo(both ? "pass" : "too many transfers are inspected");
            second.cancel();
            first.findings();
            second.findings();
            second.findings();
            assertThat(inspector.held()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"BOTH,false,false", "UPLOADS,false,true", "DOWNLOADS,true,false"})
    void allowsPartsOfWhatItDoesNotInspect(Transfers direction, boolean uploads, boolean downloads) throws IOException {
        try (ContentInspector inspector = new ContentInspector(settings(direction, 1 << 20), ScanListener.NONE)) {
            assertThat(inspector.allowsParts(Side.CLIENT)).isEqualTo(uploads);
            assertThat(inspector.allowsParts(Side.SERVER)).isEqualTo(downloads);
        }
    }

    @Test
    void allowsPartsWhereTheConfigurationDoes() throws IOException {
        InspectionSettings settings = new InspectionSettings(
                Transfers.BOTH,
                Parts.ALLOW,
                BACK,
                Duration.ofSeconds(1),
                Remnant.KEEP,
                HoldingSettings.END,
                1 << 20,
                Optional.empty(),
                List.of("*.exe"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());

        try (ContentInspector inspector = new ContentInspector(settings, ScanListener.NONE)) {
            assertThat(inspector.allowsParts(Side.CLIENT)).isTrue();
        }
    }

    @Test
    void refusesABlockListThatIsNotThere() {
        InspectionSettings settings = new InspectionSettings(
                Transfers.BOTH,
                Parts.ALLOW,
                BACK,
                Duration.ofSeconds(1),
                Remnant.KEEP,
                HoldingSettings.END,
                1 << 20,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(new Hash(Optional.of(Path.of("/nonexistent/list")))),
                Optional.empty(),
                List.of(),
                Optional.empty());

        assertThatThrownBy(() -> new ContentInspector(settings, ScanListener.NONE))
                .isInstanceOf(IOException.class);
    }
}
