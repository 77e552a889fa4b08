package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.tls.MintingQueue.RefusedException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread makes a name only when the test lets it, and says when it has begun. */
@Timeout(60)
class MintingQueueTest {
    private static final Optional<InetAddress> ANYONE = Optional.empty();

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private final List<String> made = Collections.synchronizedList(new ArrayList<>());
    private final MintingQueue<String> queue = new MintingQueue<>(
            name -> {
                begun.release();
                allowed.acquireUninterruptibly();
                made.add(name);
                if (name.startsWith("error")) {
                    throw new LinkageError(name);
                }
                if (name.startsWith("bad")) {
                    throw new IllegalStateException(name);
                }
                return () -> "for " + name;
            },
            MintedCertificates.thread(),
            new NewNameRate(() -> 0));

    @AfterEach
    void close() {
        allowed.release(10_000);
        queue.close();
    }

    @Test
    void namesThatNobodyWaitsForAreSkipped() throws Exception {
        CompletableFuture<String> first = queue.ask("first", ANYONE);
        begun.acquire();
        for (int i = 0; i < 500; i++) {
            queue.ask("abandoned" + i, ANYONE).cancel(false);
        }
        CompletableFuture<String> last = queue.ask("last", ANYONE);
        assertThat(queue.waiting()).isEqualTo(1);

        allowed.release(2);

        assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo("for last");
        assertThat(first).isCompletedWithValue("for first");
        assertThat(made).containsExactly("first", "last");
    }

    @Test
    void nameThatSomeoneStillWaitsForIsMadeOnce() throws Exception {
        queue.ask("first", ANYONE);
        begun.acquire();
        CompletableFuture<String> leaves = queue.ask("shared", ANYONE);
        CompletableFuture<String> stays = queue.ask("shared", ANYONE);
        leaves.cancel(false);

        allowed.release(2);

        assertThat(stays.get(10, TimeUnit.SECONDS)).isEqualTo("for shared");
        assertThat(leaves).isCancelled();
        assertThat(made).containsExactly("first", "shared");
    }

    @Test
    void clientOfANameThatIsBeingMadeGetsItToo() throws Exception {
        CompletableFuture<String> leaves = queue.ask("name", ANYONE);
        begun.acquire();
        leaves.cancel(false);
        CompletableFuture<String> comes = queue.ask("name", ANYONE);

        allowed.release();

        assertThat(comes.get(10, TimeUnit.SECONDS)).isEqualTo("for name");
        assertThat(made).containsExactly("name");
    }

    @Test
    void refusesTheNamesBeyond256AndNoOthers() throws Exception {
        CompletableFuture<String> first = queue.ask("first", ANYONE);
        begun.acquire();
        List<CompletableFuture<String>> asked = IntStream.range(0, 256)
                .mapToObj(i -> queue.ask("n" + i, ANYONE))
                .toList();
        assertThat(asked).noneMatch(CompletableFuture::isDone);

        assertThat(refusal(queue.ask("beyond", ANYONE))).isEqualTo(RefusedException.Cause.QUEUE_FULL);
        CompletableFuture<String> joins = queue.ask("n7", ANYONE);
        asked.get(255).cancel(false);
        CompletableFuture<String> fits = queue.ask("fits", ANYONE);

        allowed.release(257);
        assertThat(fits.get(10, TimeUnit.SECONDS)).isEqualTo("for fits");
        assertThat(joins).isCompletedWithValue("for n7");
        assertThat(first).isCompletedWithValue("for first");
        assertThat(made).hasSize(257).doesNotContain("beyond", "n255");
    }

    @Test
    void oneAddressAsksForAHundredNewNamesAtOnceWhileOthersMayAsk() throws Exception {
        Optional<InetAddress> flooding = IpLiteral.parse("192.0.2.1");
        queue.ask("first", ANYONE);
        begun.acquire();
        List<CompletableFuture<String>> asked = IntStream.range(0, 100)
                .mapToObj(i -> queue.ask("n" + i, flooding))
                .toList();

        assertThat(refusal(queue.ask("one more", flooding))).isEqualTo(RefusedException.Cause.RATE);
        assertThat(queue.ask("n0", flooding)).isNotDone();
        assertThat(queue.ask("one more", IpLiteral.parse("192.0.2.2"))).isNotDone();
        asked.get(99).cancel(false);
        assertThat(queue.ask("in its place", flooding)).isNotDone();
    }

    @Test
    void failureIsThatOfItsClientsOnly() throws Exception {
        List<CompletableFuture<String>> asked = List.of(
                queue.ask("bad", ANYONE),
                queue.ask("bad", ANYONE),
                queue.ask("error", ANYONE),
                queue.ask("good", ANYONE));

        allowed.release(3);

        assertThat(asked.get(3).get(10, TimeUnit.SECONDS)).isEqualTo("for good");
        assertThat(asked.get(0)).isCompletedExceptionally();
        assertThat(asked.get(1)).isCompletedExceptionally();
        assertThat(asked.get(2)).isCompletedExceptionally();
    }

    @Test
    void whoWaitsWhenItIsClosedIsRefused() throws Exception {
        CompletableFuture<String> first = queue.ask("first", ANYONE);
        begun.acquire();
        CompletableFuture<String> waits = queue.ask("waits", ANYONE);

        queue.close();

        assertThat(refusal(waits)).isEqualTo(RefusedException.Cause.CLOSED);
        assertThat(refusal(queue.ask("late", ANYONE))).isEqualTo(RefusedException.Cause.CLOSED);
        allowed.release();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("for first");
        assertThat(made).containsExactly("first");
    }

    private static RefusedException.Cause refusal(CompletableFuture<String> asked) {
        assertThat(asked).isCompletedExceptionally();
        return ((RefusedException) asked.handle((given, failure) -> failure).join()).why();
    }
}
