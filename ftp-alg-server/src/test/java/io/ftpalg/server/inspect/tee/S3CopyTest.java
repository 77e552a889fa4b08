package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3CopyTest {
    private static final CopiedFile FILE = Transfers.file("f");
    private static final String KEY = "/b/" + FILE.path();

    private final FakeS3 s3;
    private S3Store store;

    @TempDir
    private Path temp = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    S3CopyTest() throws IOException {
        s3 = new FakeS3();
    }

    @BeforeEach
    void open() throws IOException {
        Path key = Files.writeString(temp.resolve("key"), "k");
        store = new S3Store(
                new S3(Optional.of(s3.endpoint()), "us-east-1", "b", "", key, key, true), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        store.close();
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({"-1, PUT null", "0, PUT null", "1, POST uploads"})
    void ofMoreThanOnePartIsAMultipartUpload(int extra, String first) throws IOException {
        byte[] content = new byte[S3Copy.PART + extra];
        new Random(7).nextBytes(content);
        CopyTarget copy = store.create(FILE);
        copy.write(content);
        copy.finish();

        assertThat(s3.requests.get(0)).isEqualTo(first);
        assertThat(s3.objects.get(KEY)).isEqualTo(content);
    }

    @Test
    void thatIsDiscardedEarlyIsAborted() throws IOException {
        CopyTarget copy = store.create(FILE);
        copy.write(new byte[S3Copy.PART + 1]);
        copy.discard();

        assertThat(s3.requests).last().isEqualTo("DELETE uploadId");
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void thatIsDiscardedWholeIsDeleted() throws IOException {
        CopyTarget copy = store.create(FILE);
        copy.write(new byte[1]);
        copy.finish();
        assertThat(s3.objects).containsOnlyKeys(KEY);
        copy.discard();

        assertThat(s3.objects).isEmpty();
    }

    @Test
    void thatHasSentNothingHasNothingToDiscard() throws IOException {
        store.create(FILE).discard();

        assertThat(s3.requests).isEmpty();
    }

    @Test
    void fromWhichAPartIsMissingFails() throws IOException {
        CopyTarget copy = store.create(FILE);
        copy.write(new byte[S3Copy.PART]);
        s3.failures.set(9);
        s3.failure = 403;

        assertThatThrownBy(() -> copy.write(new byte[1])).hasMessageStartingWith("S3: ");
    }
}
