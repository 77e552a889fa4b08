package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(20)
class LoopWatchTest {
    /** The test looks, the thread never does. */
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final LoopWatch watch = new LoopWatch(clock::get, NEVER);
    private final Sessions sessions = new Sessions(new SharedGatewayState());
    private final Consumer<GatewayFailure> gateway = sessions::fail;
    private final IoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("watched"), Transport.NIO.loops());
    private final Logger logger = (Logger) LoggerFactory.getLogger(LoopWatch.class);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void begin() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        watch.add(gateway, loops);
    }

    @AfterEach
    void end() {
        blocked.countDown();
        watch.remove(gateway);
        logger.detachAppender(log);
        logger.setLevel(null);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void logsTheStackOfALoopThatRunsNoTaskOnceAndThatItRunsAgain() {
        EventLoop one = loops.next();
        EventLoop other = loops.next();
        watch.look();
        settle(List.of(one, other));
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        one.execute(() -> {
            begun.complete(Thread.currentThread());
            awaitUninterruptibly(blocked);
        });
        Thread stalled = TestNetwork.soon(begun);
        await().until(() -> stalled.getState() == Thread.State.WAITING);

        watch.look();
        settle(List.of(other));
        after(9);
        watch.look();
        settle(List.of(other));
        assertThat(lines()).isEmpty();
        after(1);
        watch.look();
        settle(List.of(other));
        after(10);
        watch.look();

        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("WARN event loop stalled thread=watched-")
                .contains(" seconds=10 stack=")
                .contains("LoopWatchTest.awaitUninterruptibly");
        blocked.countDown();
        settle(List.of(one, other));
        watch.look();
        settle(List.of(one, other));
        watch.look();
        assertThat(lines()).hasSize(2).last().asString().startsWith("INFO event loop resumed thread=watched-");
        assertThat(sessions.failed()).isNotDone();
    }

    @Test
    void logsNothingOfLoopsThatRun() {
        for (int i = 0; i < 3; i++) {
            watch.look();
            settle(loops);
            after(60);
        }

        assertThat(lines()).isEmpty();
        assertThat(sessions.failed()).isNotDone();
    }

    @Test
    void failsTheGatewaysOfALoopThatHasEndedAndNoOthers() {
        Sessions second = new Sessions(new SharedGatewayState());
        Sessions elsewhere = new Sessions(new SharedGatewayState());
        Consumer<GatewayFailure> secondGateway = second::fail;
        Consumer<GatewayFailure> elsewhereGateway = elsewhere::fail;
        IoEventLoopGroup others = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        watch.add(secondGateway, loops);
        watch.add(elsewhereGateway, others);
        watch.look();
        settle(loops);
        loops.next().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

        watch.look();

        assertThat(TestNetwork.soon(sessions.failed()).what()).matches("event loop watched-[0-9]+-[12] has ended");
        assertThat(second.failed()).isCompleted();
        assertThat(elsewhere.failed()).isNotDone();
        watch.remove(secondGateway);
        watch.remove(elsewhereGateway);
        others.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void looksNoMoreForAGatewayThatIsRemoved() {
        watch.remove(gateway);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

        watch.look();

        assertThat(sessions.failed()).isNotDone();
    }

    /** With its own thread, which ends with the last gateway. */
    @Test
    void looksByItselfAndLeavesNoThreadBehind() {
        LoopWatch own = new LoopWatch(System::nanoTime, Duration.ofMillis(5));
        own.add(gateway, loops);
        Thread thread = watching();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        TestNetwork.soon(sessions.failed());

        own.remove(gateway);

        await().atMost(TestNetwork.PATIENCE).until(() -> !thread.isAlive());
        assertThat(thread.isDaemon()).isTrue();
    }

    /** The newest of its name. */
    private static Thread watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ftp-alg-watch"))
                .max((a, b) -> Long.compare(a.getId(), b.getId()))
                .orElseThrow();
    }

    private void after(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Waits until the loops have run what they were asked to. */
    private static void settle(Iterable<? extends EventExecutor> loops) {
        loops.forEach(loop -> assertThat(loop.submit(() -> {}).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue());
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
