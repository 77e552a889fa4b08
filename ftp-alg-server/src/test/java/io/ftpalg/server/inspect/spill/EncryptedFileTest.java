package io.ftpalg.server.inspect.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.policy.inspect.SpillException;
import io.ftpalg.policy.inspect.SpillFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class EncryptedFileTest {
    private static final byte[] CLEAR = "in the clear ".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temp = Path.of(".");

    private SpillSpace space;

    @BeforeEach
    void open() throws IOException {
        space = new SpillSpace(new SpillSettings(temp, 1 << 20, 500_000, 600_000));
    }

    @AfterEach
    void close() {
        Awaitility.await().until(() -> space.used() == 0);
        space.close();
    }

    @Test
    void hasWhatWasWrittenInOrder() throws IOException {
        byte[] all = new byte[300_001];
        new Random(1).nextBytes(all);
        SpillFile file = space.file();
        write(file, ByteBuffer.wrap(all, 0, 100_000));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        read.writeBytes(read(file, 70_000));
        write(file, ByteBuffer.wrap(all, 100_000, 200_001).asReadOnlyBuffer());
        while (read.size() < all.length) {
            read.writeBytes(read(file, 1_000_000));
        }
        file.close();

        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void hasNoNameInTheDirectory() throws IOException {
        SpillFile file = space.file();
        write(file, ByteBuffer.wrap(CLEAR));
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).isEmpty();
        }
        file.close();
    }

    /** As another process of the same user could see it. */
    @Test
    @EnabledIf("hasProc")
    void isUnreadableForOthersAndNotInTheClear() throws IOException {
        SpillFile file = space.file();
        write(file, ByteBuffer.wrap(CLEAR));
        Path open = opened();

        assertThat(Files.size(open)).isEqualTo(CLEAR.length);
        assertThat(new String(Files.readAllBytes(open), StandardCharsets.ISO_8859_1))
                .doesNotContain("clear");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rw-------");
        file.close();
    }

    static boolean hasProc() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    private Path opened() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(fd -> {
                        try {
                            return Files.readSymbolicLink(fd).toString().startsWith(temp.toRealPath() + "/");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void isAsLargeAsItMayBe() {
        SpillFile file = space.file();
        write(file, ByteBuffer.wrap(new byte[500_000]));
        Throwable beyond = failure(file, 1);
        file.close();

        assertThat(beyond)
                .isInstanceOf(SpillException.class)
                .hasMessage("larger than the 500000 bytes that may be held");
    }

    @Test
    void sharesTheSpaceWithOthers() {
        SpillFile first = space.file();
        SpillFile second = space.file();
        write(first, ByteBuffer.wrap(new byte[400_000]));
        write(second, ByteBuffer.wrap(new byte[200_000]));
        Throwable beyond = failure(second, 1);
        first.close();
        Awaitility.await().until(() -> space.used() == 200_000);
        write(second, ByteBuffer.wrap(new byte[1]));
        second.close();

        assertThat(beyond).isInstanceOf(SpillException.class).hasMessage("no space to hold it until the verdict");
    }

    @Test
    void failsWhereItCannotBeMade() throws IOException {
        Path gone = Files.createDirectory(temp.resolve("gone"));
        try (SpillSpace other = new SpillSpace(new SpillSettings(gone, 1, 10, 10))) {
            Files.delete(gone);
            SpillFile file = other.file();

            assertThat(failure(file, 1)).isInstanceOf(IOException.class);
            file.close();
            Awaitility.await().until(() -> other.used() == 0);
        }
    }

    @Test
    void hasNothingBeforeAWriteAndAfterItWasClosed() {
        SpillFile file = space.file();
        Throwable before = catchThrowable(() -> read(file, 1));
        write(file, ByteBuffer.wrap(new byte[] {1}));
        file.close();
        file.close();

        assertThat(List.of(before, catchThrowable(() -> read(file, 1))))
                .allMatch(failure -> failure.getCause() instanceof IOException);
    }

    @Test
    void keepsAsMuchInMemoryAsIsSet() {
        assertThat(space.file().above()).isEqualTo(1 << 20);
    }

    private static void write(SpillFile file, ByteBuffer bytes) {
        file.write(bytes).toCompletableFuture().join();
    }

    private static Throwable failure(SpillFile file, int size) {
        return Objects.requireNonNull(
                catchThrowableOfType(CompletionException.class, () -> write(file, ByteBuffer.wrap(new byte[size])))
                        .getCause());
    }

    private static byte[] read(SpillFile file, int most) {
        ByteBuffer read = file.read(most).toCompletableFuture().join();
        byte[] bytes = new byte[read.remaining()];
        read.get(bytes);
        return bytes;
    }
}
