package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.HandoverSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeoverTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void replacesNobodyWhereThereIsNobody() throws Exception {
        HandoverSettings settings = new HandoverSettings(folder.resolve("h.sock"), Duration.ofHours(1));

        for (Takeover takeover :
                new Takeover[] {Takeover.begin(Optional.empty()), Takeover.begin(Optional.of(settings))}) {
            assertThat(takeover.replacesAnother()).isFalse();
            assertThat(takeover.descriptors()).isEmpty();
            takeover.finish();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
