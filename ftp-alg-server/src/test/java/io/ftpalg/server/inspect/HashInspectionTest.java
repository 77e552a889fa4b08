package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashInspectionTest {
    static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void findsBothHashesOfAWholeFile() {
        HashInspection inspection = new HashInspection(Optional.empty());
        Verdicts.piece(inspection, "a");
        Verdicts.piece(inspection, "bc");
        Map<String, String> before = inspection.findings();

        assertThat(Verdicts.end(inspection, 3)).isEqualTo("pass");
        assertThat(before).isEmpty();
        assertThat(inspection.findings()).isEqualTo(Map.of("sha256", ABC, "crc32c", "364b3fb7"));
    }

    @Test
    void rejectsWhatIsOnTheBlockList() throws IOException {
        Path list = Files.writeString(folder.resolve("blocked"), ABC + "  bad.bin\n");
        try (BlockList blocked = new BlockList(list)) {
            HashInspection inspection = new HashInspection(Optional.of(blocked));
            Verdicts.piece(inspection, "abc");

            assertThat(Verdicts.end(inspection, 3)).isEqualTo("the hash is on the block list");
        }
    }
}
