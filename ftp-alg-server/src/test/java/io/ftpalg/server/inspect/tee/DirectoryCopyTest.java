package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCopyTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void failsBeforeTheDiskIsFull() throws IOException {
        long free = Files.getFileStore(temp).getUsableSpace();
        CopyTarget copy = new DirectoryStore(new Directory(temp, free - (1 << 20))).create(Transfers.file("f"));

        assertThatThrownBy(() -> copy.write(new byte[4 << 20])).hasMessageContaining("less than min-free");
        copy.discard();
    }
}
