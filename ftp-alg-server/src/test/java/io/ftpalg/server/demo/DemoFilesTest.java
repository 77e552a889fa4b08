package io.ftpalg.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoFilesTest {

    @Test
    void makesAnUploadOfTheSizeAskedForAndTheSameEachTime() throws IOException {
        try (DemoFiles one = DemoFiles.create();
                DemoFiles other = DemoFiles.create()) {
            Path upload = one.makeUpload(2);

            assertThat(Files.size(upload)).isEqualTo(2 << 20);
            assertThat(DemoFiles.sha256(upload))
                    .isEqualTo(DemoFiles.sha256(other.makeUpload(2)))
                    .hasSize(64);
            assertThat(DemoFiles.sha256(upload)).isNotEqualTo(DemoFiles.sha256(other.makeUpload(1)));
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        DemoFiles files = DemoFiles.create();
        Path upload = files.makeUpload(1);
        assertThat(upload).exists();

        files.close();

        assertThat(files.root()).doesNotExist();
    }
}
