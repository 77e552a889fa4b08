package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.inspect.Scripted;
import io.ftpalg.policy.inspect.ScriptedSpill;
import io.ftpalg.policy.inspect.SpillException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held until a verdict, with a spill file and with a trickle, as an {@link InspectedBytes} has it. */
@Timeout(20)
class HeldContentTest implements InspectedBytes.Flow {
    private static final int KIB = 1024;
    private static final int ABOVE = 100 * KIB;

    private final EventLoop loop = new DefaultEventLoop();
    private final RelayMemory memory = new RelayMemory(64 << 20);
    private final HeldBytes held = new HeldBytes(memory, 256 << 10);
    private final Scripted inspection = new Scripted();
    private final ScriptedSpill spill = new ScriptedSpill(ABOVE);
    private final InspectedBytes bytes = new InspectedBytes(loop, inspection, this, held);
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final List<Reject> rejections = new ArrayList<>();
    private final List<Integer> unwritten = new ArrayList<>();
    private final Random random = new Random(1);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean slow;
    private volatile boolean all;
    private final AtomicInteger changes = new AtomicInteger();

    @AfterEach
    void close() {
        run(bytes::stop);
        run(() -> unwritten.forEach(held::giveBack));
        Awaitility.await().until(() -> memory.held() == 0);
        loop.shutdownGracefully();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public void pass(ByteBuf written, int capacity) {
        byte[] copy = new byte[written.readableBytes()];
        written.readBytes(copy).release();
        passed.writeBytes(copy);
        if (slow) {
            unwritten.add(capacity);
        } else {
            held.giveBack(capacity);
        }
    }

    @Override
    public void inspectedAll() {
        assertThat(all).as("once").isFalse();
        all = true;
    }

    @Override
    public void rejected(Reject why) {
        rejections.add(why);
    }

    @Override
    public void changed() {
        changes.incrementAndGet();
    }

    private void holdWhole() {
        inspection.terms = new InspectionTerms(64 * KIB, 64 * KIB, Duration.ofSeconds(9), true, Optional.empty());
        inspection.spill = Optional.of(spill);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ABOVE - 1, ABOVE, ABOVE + 1, 1_000_000})
    void holdsAWholeFileUntilTheVerdict(int size) throws Exception {
        holdWhole();
        CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
        inspection.onEnd = () -> verdict;

        takeAll(size, 40_000);
        run(bytes::end);
        int before = passed.size();
        verdict.complete(InspectionVerdict.PASS);
        Awaitility.await().until(() -> all);

        assertThat(before).isZero();
        assertThat(passed.toByteArray()).isEqualTo(sent.toByteArray());
        assertThat(spill.size() > 0).isEqualTo(size > ABOVE);
    }

    @Test
    void holdsNoMoreInMemoryThanIsSet() throws Exception {
        holdWhole();

        takeAll(1_000_000, 10_000);

        assertThat(memory.held()).isLessThanOrEqualTo(2 * (ABOVE + 10_000));
    }

    @Test
    void doesNotReadOnWhileTheFileIsWritten() {
        holdWhole();
        List<Runnable> tasks = new ArrayList<>();
        spill.executor = tasks::add;
        run(() -> take(ABOVE + 1));
        boolean during = bytes.wantsMore();

        run(() -> tasks.get(0).run());
        run(() -> {});

        assertThat(during).isFalse();
        assertThat(bytes.wantsMore()).isTrue();
        assertThat(changes.get()).isPositive();
    }

    @Test
    void readsTheFileAsFastAsTheReceiverTakesIt() throws Exception {
        holdWhole();
        slow = true;
        takeAll(2_000_000, 40_000);
        run(bytes::end);
        for (int i = 0; i < 20; i++) {
            run(() -> {});
        }
        int first = passed.size();
        run(() -> {
            unwritten.forEach(held::giveBack);
            unwritten.clear();
            slow = false;
            bytes.roomAgain();
        });
        Awaitility.await().until(() -> all);

        assertThat(first).isLessThan(600_000);
        assertThat(passed.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void passesNothingOfARejectedFile() throws Exception {
        holdWhole();
        inspection.onEnd = () -> Scripted.is(InspectionVerdict.reject("virus"));

        takeAll(1_000_000, 40_000);
        run(bytes::end);

        assertThat(rejections).hasSize(1);
        assertThat(passed.size()).isZero();
        assertThat(spill.closed).isTrue();
    }

    @Test
    void rejectsForTheReasonOfAFullSpillFile() {
        holdWhole();
        spill.failure = new SpillException("no space");

        run(() -> take(ABOVE + 1));
        run(() -> {});

        assertThat(rejections).extracting(Reject::reason).containsExactly("no space");
        assertThat(inspection.cancelled).isDone();
    }

    @Test
    void rejectsWhereHeldBytesCannotBeReadBehindTheVerdict() throws Exception {
        holdWhole();
        takeAll(1_000_000, 40_000);
        spill.failure = new IOException("a bad block");

        run(bytes::end);
        run(() -> {});

        assertThat(rejections)
                .extracting(Reject::reason)
                .containsExactly("its bytes cannot be stored until the verdict");
        assertThat(all).isFalse();
    }

    @Test
    void holdsWhatIsBehindHoldInTheFileToo() throws Exception {
        inspection.spill = Optional.of(spill);
        inspection.onPiece = piece -> Scripted.is(InspectionVerdict.HOLD);
        takeAll(2_000_000, 40_000);
        int before = passed.size();
        inspection.onPiece = piece -> Scripted.pass();

        run(() -> take(1));
        Awaitility.await().until(() -> passed.size() == sent.size() - 64 * KIB);
        run(bytes::end);
        Awaitility.await().until(() -> all);

        assertThat(before).isZero();
        assertThat(passed.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void rejectsMoreThanMemoryMayHoldWithoutAFile() {
        inspection.terms = new InspectionTerms(64 * KIB, 65 * KIB, Duration.ofSeconds(9), true, Optional.empty());
        run(() -> take(65 * KIB));
        int before = rejections.size();

        run(() -> take(1));

        assertThat(before).isZero();
        assertThat(rejections)
                .extracting(Reject::reason)
                .containsExactly("more than 66560 bytes wait for the inspection");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tricklesAllButTheLast64KibWhileAVerdictIsAwaited(boolean spills) throws Exception {
        trickle(spills);
        inspection.onEnd = CompletableFuture::new;
        takeAll(200_000, 40_000);
        run(bytes::end);

        Awaitility.await().until(() -> passed.size() == 200_000 - 64 * KIB);
        int changed = changes.get();
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);

        assertThat(passed.size()).isEqualTo(200_000 - 64 * KIB);
        assertThat(changed).isGreaterThanOrEqualTo(3);
        assertThat(Arrays.copyOf(sent.toByteArray(), passed.size())).isEqualTo(passed.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64 * KIB})
    void tricklesNothingOfASmallFile(int size) throws Exception {
        trickle(false);
        inspection.onEnd = CompletableFuture::new;
        takeAll(size, size);
        run(bytes::end);

        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);

        assertThat(passed.size()).isZero();
    }

    @Test
    void passesTheRestOfWhatTrickledBehindTheVerdict() throws Exception {
        trickle(true);
        CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
        inspection.onEnd = () -> verdict;
        takeAll(1_000_000, 40_000);
        run(bytes::end);
        Awaitility.await().until(() -> passed.size() > 0);

        verdict.complete(InspectionVerdict.PASS);
        Awaitility.await().until(() -> all);

        assertThat(passed.toByteArray()).isEqualTo(sent.toByteArray());
    }

    private void trickle(boolean spills) {
        inspection.terms = new InspectionTerms(
                64 * KIB,
                1024 * KIB,
                Duration.ofSeconds(9),
                true,
                Optional.of(new InspectionTerms.Trickle(50_000, Duration.ofMillis(10))));
        inspection.spill = spills ? Optional.of(spill) : Optional.empty();
    }

    private void takeAll(int size, int piece) throws Exception {
        for (int left = size; left > 0; left -= piece) {
            int next = Math.min(left, piece);
            run(() -> take(next));
            // As a relay: nothing is read while the file is written.
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> loop.submit(bytes::wantsMore)
                    .get());
        }
    }

    private void take(int size) {
        byte[] next = new byte[size];
        random.nextBytes(next);
        sent.writeBytes(next);
        ByteBuf piece = Unpooled.wrappedBuffer(next);
        held.take(piece.capacity());
        bytes.take(piece);
    }

    private void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }
}
