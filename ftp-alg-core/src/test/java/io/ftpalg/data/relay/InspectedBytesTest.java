package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.inspect.Scripted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class InspectedBytesTest implements InspectedBytes.Flow {
    private static final int BACK = InspectionTerms.LEAST_HELD_BACK;

    private final EventLoop loop = new DefaultEventLoop();
    private final RelayMemory memory = new RelayMemory(64 << 20);
    private final HeldBytes held = new HeldBytes(memory, 256 << 10);
    private final Scripted inspection = new Scripted();
    private final InspectedBytes bytes = new InspectedBytes(loop, inspection, this, held);
    private final List<Reject> rejections = new ArrayList<>();
    private int passed;
    private boolean all;
    private int late;

    @AfterEach
    void close() {
        run(bytes::stop);
        assertThat(memory.held()).as("held").isZero();
        loop.shutdownGracefully();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public void pass(ByteBuf written, int capacity) {
        passed += written.readableBytes();
        written.release();
        held.giveBack(capacity);
    }

    @Override
    public void inspectedAll() {
        all = true;
    }

    @Override
    public void rejected(Reject why) {
        rejections.add(why);
    }

    @Override
    public void changed() {
        late++;
    }

    /** At the bound, a byte below, and a byte beyond; in one piece, in many, and in pieces of all sizes. */
    @ParameterizedTest
    @CsvSource({"0, 1000", "65535, 65535", "65536, 65536", "65537, 65537", "65537, 1", "300000, 70000", "300000, 40000"
    })
    void keepsTheTailUntilTheEnd(int size, int piece) {
        run(() -> {
            for (int left = size; left > 0; left -= piece) {
                take(Math.min(left, piece));
            }
        });
        int before = passed;
        run(bytes::end);

        assertThat(before).isEqualTo(Math.max(0, size - BACK));
        assertThat(passed).isEqualTo(size);
        assertThat(all).isTrue();
    }

    /** A piece of one byte in a large buffer does not keep that buffer. */
    @Test
    void holdsNoMoreThanWhatItMustKeep() {
        run(() -> {
            for (int i = 0; i < 1000; i++) {
                ByteBuf large = Unpooled.buffer(64 << 10).writeByte(1);
                held.take(large.capacity());
                bytes.take(large);
            }
        });

        assertThat(memory.held()).isLessThanOrEqualTo(2048);
    }

    @Test
    void asksForNoMoreUntilTheVerdictIsThere() {
        CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
        inspection.onPiece = piece -> verdict;
        run(() -> take(10));
        boolean awaited = bytes.wantsMore();
        long looks = bytes.looks();

        run(() -> verdict.complete(InspectionVerdict.PASS));

        assertThat(awaited).isFalse();
        assertThat(looks).isPositive();
        assertThat(bytes.wantsMore()).isTrue();
        assertThat(late).isEqualTo(1);
    }

    @Test
    void rejectsForAStageOfNull() {
        inspection.onPiece = piece -> null;

        run(() -> take(10));

        assertThat(rejections).extracting(Reject::reason).containsExactly("the inspection failed");
    }

    @Test
    void rejectsForAVerdictOfNull() {
        inspection.onPiece = piece -> CompletableFuture.completedFuture(null);

        run(() -> take(10));

        assertThat(rejections).extracting(Reject::reason).containsExactly("the inspection failed");
    }

    @Test
    void rejectsForAFailedStage() {
        inspection.onEnd = () -> CompletableFuture.failedFuture(new IllegalStateException("a fault"));

        run(bytes::end);

        assertThat(rejections).extracting(Reject::reason).containsExactly("the inspection failed");
        assertThat(inspection.cancelled).isDone();
    }

    @Test
    void rejectsForHoldAtTheEnd() {
        inspection.onEnd = () -> Scripted.is(InspectionVerdict.HOLD);

        run(bytes::end);

        assertThat(rejections).hasSize(1);
        assertThat(all).isFalse();
    }

    @Test
    void ignoresAVerdictThatComesAfterItStopped() {
        CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
        inspection.onPiece = piece -> verdict;
        run(() -> take(10));

        run(bytes::stop);
        run(() -> verdict.complete(InspectionVerdict.PASS));

        assertThat(passed).isZero();
        assertThat(late).isZero();
    }

    private void take(int size) {
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[size]);
        held.take(piece.capacity());
        bytes.take(piece);
    }

    private void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }
}
