package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest {
    private static final CopiedFile FILE = Transfers.file("day.csv");

    private final FakeS3 s3;

    @TempDir
    private Path temp = Path.of(".");

    S3StoreTest() throws IOException {
        s3 = new FakeS3();
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private S3 settings() throws IOException {
        return new S3(
                Optional.of(s3.endpoint()),
                "eu-central-1",
                "copies",
                "alg/",
                Files.writeString(temp.resolve("access"), "AKIA\n"),
                Files.writeString(temp.resolve("secret"), "s3cr3t+/=\n"),
                true);
    }

    private S3Store store() throws IOException {
        return new S3Store(settings(), Duration.ofSeconds(20));
    }

    @Test
    void aSmallCopyIsOneObject() throws IOException {
        try (S3Store store = store()) {
            CopyTarget copy = store.create(FILE);
            copy.write(new byte[] {1, 2});
            copy.write(new byte[] {3});
            copy.finish();
            copy.finish();
        }

        assertThat(s3.objects).containsOnlyKeys("/copies/alg/" + FILE.path());
        assertThat(s3.objects.get("/copies/alg/" + FILE.path())).containsExactly(1, 2, 3);
    }

    @Test
    void anEmptyCopyIsAnObject() throws IOException {
        try (S3Store store = store()) {
            store.create(FILE).finish();
        }

        assertThat(s3.objects.get("/copies/alg/" + FILE.path())).isEmpty();
    }

    /** RFC 9110 section 10.1.1: not without a body. Stores waited for one until the time of the call was over. */
    @Test
    void noRequestExpectsToBeContinued() throws IOException {
        try (S3Store store = store()) {
            store.create(FILE).finish();
            CopyTarget copy = store.create(FILE);
            copy.write(new byte[S3Copy.PART + 1]);
            copy.finish();
            store.record(FILE, "{}");
        }

        assertThat(s3.requests).hasSize(6);
        assertThat(s3.expectations).isEmpty();
    }

    @Test
    void aManifestIsAnObjectBesideIt() throws IOException {
        try (S3Store store = store()) {
            store.record(FILE, "{}");
        }

        assertThat(s3.objects.get("/copies/alg/" + FILE.path() + ".manifest.json"))
                .asString()
                .isEqualTo("{}\n");
    }

    @Test
    void aFailureOfTheStoreIsRepeated() throws IOException {
        s3.failures.set(1);
        try (S3Store store = store()) {
            store.record(FILE, "{}");
        }

        assertThat(s3.requests).hasSize(2);
    }

    @Test
    void aRefusalIsAFailureInOneLine() throws IOException {
        s3.failures.set(9);
        s3.failure = 403;
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.record(FILE, "{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("S3: out of order")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void refusesAKeyThatIsMissingOrNone() throws IOException {
        S3 good = settings();
        Path empty = Files.createFile(temp.resolve("empty"));
        S3 missing = new S3(good.endpoint(), "r", "b", "", temp.resolve("none"), good.secretKeyFile(), true);
        S3 none = new S3(good.endpoint(), "r", "b", "", good.accessKeyFile(), empty, true);

        assertThatThrownBy(() -> new S3Store(missing, Duration.ofSeconds(1)))
                .hasMessageContaining("tee.s3.access-key-file")
                .hasMessageContaining("no such file or directory");
        assertThatThrownBy(() -> new S3Store(none, Duration.ofSeconds(1)))
                .hasMessageContaining("tee.s3.secret-key-file")
                .hasMessageContaining("expected one line");
    }

    @Test
    void hasRoomForThePartsOfSeveral() throws IOException {
        try (S3Store store = store()) {
            assertThat(store.memoryOfCopy()).isEqualTo(9 << 20);
            assertThat(store.threads()).isGreaterThan(1);
            assertThat(store.place()).isEqualTo("s3://copies/alg/");
        }
    }
}
