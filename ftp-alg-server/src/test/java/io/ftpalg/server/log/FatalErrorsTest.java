package io.ftpalg.server.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FatalErrorsTest {
    private final List<Object> done = new CopyOnWriteArrayList<>();

    @Test
    void printsALineAndHaltsWithACodeOfItsOwnWhenAThreadEndsOutOfMemory() throws InterruptedException {
        FatalErrors errors = new FatalErrors(line -> done.add("line"), done::add);
        Thread thread = new Thread(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        thread.setUncaughtExceptionHandler(errors);

        thread.start();
        thread.join();

        assertThat(done).containsExactly("line", 3);
    }

    @Test
    void haltsThoughNobodyReadsTheLine() {
        CountDownLatch never = new CountDownLatch(1);
        FatalErrors errors = new FatalErrors(line -> awaitUninterruptibly(never), done::add);

        errors.uncaughtException(Thread.currentThread(), new IllegalStateException(new OutOfMemoryError()));

        assertThat(done).containsExactly(3);
        never.countDown();
    }

    @Test
    void goesOnAfterWhatEndsOneThreadOnly() {
        FatalErrors errors = new FatalErrors(line -> done.add("line"), done::add);

        errors.uncaughtException(Thread.currentThread(), new IllegalStateException("a defect"));
        errors.uncaughtException(Thread.currentThread(), new StackOverflowError());

        assertThat(done).isEmpty();
    }

    @Test
    void namesTheGatewayFailureThatIsNoneOfTheJvm() {
        FatalErrors errors = new FatalErrors(line -> done.add(new String(line, US_ASCII)), done::add);

        errors.end(new IllegalStateException("event loop ftp-alg-1-2 has ended"));

        assertThat(done).containsExactly("ftp-alg: event loop ftp-alg-1-2 has ended: exiting with code 3\n", 3);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
