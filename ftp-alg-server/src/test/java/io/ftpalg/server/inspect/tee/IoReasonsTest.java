package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IoReasonsTest {
    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("/f"), "/f: no such file or directory"),
                Arguments.of(new AccessDeniedException("/f"), "/f: permission denied"),
                Arguments.of(new FileAlreadyExistsException("/f"), "/f: there is a file of this name already"),
                Arguments.of(new NotDirectoryException("/f"), "/f: not a directory"),
                Arguments.of(new FileSystemException("/f", null, "Read-only file system"), "/f: Read-only file system"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void nameTheFact(IOException failure, String reason) {
        assertThat(IoReasons.of(failure)).isEqualTo(reason);
    }
}
