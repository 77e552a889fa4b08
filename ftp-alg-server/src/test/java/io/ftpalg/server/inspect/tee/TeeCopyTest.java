package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeeCopyTest {
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryStore store = new MemoryStore();
    private Tee tee = tee(Rejected.REMOVE, OnFailure.REJECT, LONG);

    private Tee tee(Rejected rejected, OnFailure onFailure, Duration timeout) {
        return new Tee(
                new TeeSettings(
                        new Directory(Path.of("/none"), 0),
                        List.of(),
                        rejected,
                        onFailure,
                        10,
                        2 * MemoryStore.EACH,
                        timeout),
                store,
                InstantSource.fixed(Transfers.BEGAN));
    }

    @AfterEach
    void close() {
        store.gate.countDown();
        tee.close();
    }

    private TeeCopy begin() {
        return tee.copy(Transfers.upload("f")).orElseThrow();
    }

    private static String write(TeeCopy copy, String text) {
        return verdict(copy.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
    }

    private static String verdict(CompletionStage<InspectionVerdict> stage) {
        try {
            InspectionVerdict verdict = stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
            return verdict instanceof Reject reject ? reject.reason() : "pass";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> line() {
        await().until(() -> store.lines.size() == 1 && tee.memory() == 0);
        return JsonReader.object(store.lines.get(0));
    }

    private static Optional<String> found(TeeCopy copy) {
        return Optional.ofNullable(copy.findings().get("copy"));
    }

    @Test
    void isTheFile() {
        TeeCopy copy = begin();
        assertThat(write(copy, "ab")).isEqualTo("pass");
        assertThat(write(copy, "c")).isEqualTo("pass");
        assertThat(store.whole).isEmpty();
        assertThat(verdict(copy.finish())).isEqualTo("pass");

        assertThat(line()).containsEntry("outcome", "complete").containsEntry("sha256", SHA256_OF_ABC);
        assertThat(store.whole.get(found(copy).orElseThrow())).asString().isEqualTo("abc");
        copy.cancel();
        assertThat(found(copy)).hasValueSatisfying(path -> assertThat(path).startsWith("2026-11-29/"));
    }

    @Test
    void isEmptyOfAnEmptyFile() {
        TeeCopy copy = begin();

        assertThat(verdict(copy.finish())).isEqualTo("pass");
        assertThat(line()).containsEntry("bytes", 0L);
        assertThat(store.whole).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"REMOVE, removed, false", "KEEP, 2026-11-29/, true"})
    void ofARejectedFileIsRemovedOrKept(Rejected rejected, String finding, boolean kept) {
        tee = tee(rejected, OnFailure.REJECT, LONG);
        TeeCopy copy = begin();
        write(copy, "virus");
        copy.reject("virus x");
        copy.cancel();

        assertThat(line())
                .containsEntry("outcome", "rejected")
                .containsEntry("reason", "virus x")
                .containsEntry("bytes", 5L);
        assertThat(line().containsKey("copy")).isEqualTo(kept);
        assertThat(store.whole).hasSize(kept ? 1 : 0);
        assertThat(found(copy).orElseThrow()).startsWith(finding);
    }

    @Test
    void ofATransferThatWasCutSaysSo() {
        TeeCopy copy = begin();
        write(copy, "half");
        assertThat(found(copy)).isEmpty();
        copy.cancel();

        assertThat(line()).containsEntry("outcome", "cut").doesNotContainKeys("copy", "reason");
    }

    @ParameterizedTest
    @CsvSource({"REJECT, not copied", "PASS, pass"})
    void thatFailsRejectsTheFileOrNot(OnFailure onFailure, String verdict) {
        tee = tee(Rejected.KEEP, onFailure, LONG);
        store.writeFailure = Optional.of(new IOException("No space left on device"));
        TeeCopy copy = begin();

        assertThat(write(copy, "a")).isEqualTo(verdict);
        assertThat(write(copy, "b")).isEqualTo(verdict);
        assertThat(verdict(copy.finish())).isEqualTo(verdict);
        assertThat(line()).containsEntry("outcome", "failed").containsEntry("reason", "No space left on device");
        assertThat(store.discarded).hasValue(1);
        assertThat(found(copy)).hasValue("failed");
        assertThat(tee.failures().count()).isOne();
    }

    @Test
    void thatFailsByAnInternalErrorEnds() {
        store.writeFailure = Optional.of(new IllegalStateException("bug"));

        assertThat(write(begin(), "a")).isEqualTo("not copied");
        assertThat(line()).containsEntry("reason", "internal error");
    }

    @Test
    void thatIsNotInTheManifestFails() {
        store.manifestFails = true;
        TeeCopy copy = begin();
        write(copy, "a");

        assertThat(verdict(copy.finish())).isEqualTo("not copied");
        assertThat(store.whole).isEmpty();
        await().until(() -> tee.memory() == 0);
        assertThat(tee.failures().count()).isOne();
    }

    @Test
    void ofARejectedFileThatIsNotInTheManifestIsCounted() {
        store.manifestFails = true;
        TeeCopy copy = begin();
        copy.reject("virus");

        await().until(() -> tee.memory() == 0);
        assertThat(tee.failures().count()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"9, pass", "10, pass", "11, not copied"})
    void hasALargestSize(int size, String verdict) {
        TeeCopy copy = begin();
        assertThat(write(copy, "x".repeat(size - 1))).isEqualTo("pass");

        assertThat(write(copy, "x")).isEqualTo(verdict);
    }

    @Test
    void thatTakesTooLongFails() {
        store.gate = new CountDownLatch(1);
        tee = tee(Rejected.REMOVE, OnFailure.REJECT, Duration.ofMillis(50));
        TeeCopy copy = begin();

        assertThat(write(copy, "a")).isEqualTo("not copied");
        assertThat(tee.memory()).isEqualTo(MemoryStore.EACH);
        store.gate.countDown();
        assertThat(line()).containsEntry("reason", "not written within 50 ms");
    }

    @Test
    void hasItsVerdictWhenItIsWritten() {
        store.gate = new CountDownLatch(1);
        CompletionStage<InspectionVerdict> stage = begin().write(ByteBuffer.wrap(new byte[3]));
        boolean early = stage.toCompletableFuture().isDone();
        store.gate.countDown();

        assertThat(early).isFalse();
        assertThat(verdict(stage)).isEqualTo("pass");
    }

    @Test
    void thatThereIsNoMemoryForFails() {
        TeeCopy first = begin();
        TeeCopy second = begin();
        TeeCopy third = begin();

        assertThat(write(second, "a")).isEqualTo("pass");
        assertThat(write(third, "a")).isEqualTo("not copied");
        first.cancel();
        second.cancel();
        third.cancel();
        await().until(() -> tee.memory() == 0);
        assertThat(write(begin(), "a")).isEqualTo("pass");
    }
}
