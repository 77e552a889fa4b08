package io.ftpalg.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.LogCapture;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServiceManagerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NONE_COMES = Duration.ofMillis(300);
    private static final long PID = 77;

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    static void loadsNettysCalls() {
        Epoll.ensureAvailability();
    }

    private static ServiceManager manager(Map<String, String> environment) {
        return ServiceManager.of(name -> Optional.ofNullable(environment.get(name)), PID);
    }

    private String path() {
        return temp.resolve("notify").toString();
    }

    @Test
    void namesTheProcessThatTakesItsPlace() throws IOException {
        try (NotifyReceiver receiver = new NotifyReceiver(path())) {
            manager(Map.of("NOTIFY_SOCKET", path())).mainProcess(4711);

            assertThat(receiver.next(PATIENCE)).containsExactly("MAINPID=4711");
        }
    }

    @Test
    void isNotifiedOfEachState() throws IOException {
        try (NotifyReceiver receiver = new NotifyReceiver(path())) {
            ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", path()));

            manager.ready("two\nlines");
            assertThat(receiver.next(PATIENCE)).containsExactly("READY=1", "STATUS=two lines");

            long before = System.nanoTime();
            manager.reloading();
            List<String> reloading = receiver.next(PATIENCE);
            assertThat(reloading).hasSize(2).startsWith("RELOADING=1");
            assertThat(Long.parseLong(reloading.get(1).replace("MONOTONIC_USEC=", "")))
                    .isBetween(before / 1000, System.nanoTime() / 1000);

            manager.stopping("draining", Duration.ofSeconds(40));
            assertThat(receiver.next(PATIENCE))
                    .containsExactly("STOPPING=1", "STATUS=draining", "EXTEND_TIMEOUT_USEC=40000000");
        }
    }

    @Test
    void mayHaveAnAbstractSocket() throws IOException {
        String name = "@ftp-alg-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (NotifyReceiver receiver = new NotifyReceiver(name)) {
            manager(Map.of("NOTIFY_SOCKET", name)).ready("up");

            assertThat(receiver.next(PATIENCE)).containsExactly("READY=1", "STATUS=up");
        }
    }

    @Test
    void mayBeMissing() {
        try (LogCapture log = new LogCapture(ServiceManager.class)) {
            manager(Map.of()).ready("up");
            manager(Map.of("WATCHDOG_USEC", "1000000")).watch(List.of());

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void mayBeGoneWhichIsLoggedOnce() {
        try (LogCapture log = new LogCapture(ServiceManager.class)) {
            ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", path()));

            manager.ready("up");
            manager.reloading();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN service manager not notified: ")
                    .containsPattern("No such file|FileNotFound");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "notify", "vsock:2:1234"})
    void isNotNotifiedAtWhatIsNoAddress(String name) {
        try (LogCapture log = new LogCapture(ServiceManager.class)) {
            manager(Map.of("NOTIFY_SOCKET", name)).ready("up");

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN service manager not notified: NOTIFY_SOCKET '" + name + "': expected a path");
        }
    }

    @Test
    void pathsAreAsLongAsTheSystemHasThem() {
        assertThat(new NotifySocket("/" + "x".repeat(106))).isNotNull();
        try (LogCapture log = new LogCapture(ServiceManager.class)) {
            manager(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107)));

            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void isPingedWhileAllLoopsRun() throws IOException {
        try (NotifyReceiver receiver = new NotifyReceiver(path())) {
            List<Runnable> stalled = new CopyOnWriteArrayList<>();
            manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "20000", "WATCHDOG_PID", "" + PID))
                    .watch(List.of(Runnable::run, stalled::add));
            assertThat(receiver.next(NONE_COMES)).isEmpty();

            for (int i = 0; i < 3; i++) {
                Runnable task = first(stalled);
                assertThat(receiver.next(Duration.ofMillis(50))).isEmpty();
                task.run();
                assertThat(receiver.next(PATIENCE)).containsExactly("WATCHDOG=1");
            }
        }
    }

    private static Runnable first(List<Runnable> tasks) {
        await().atMost(PATIENCE).until(() -> !tasks.isEmpty());
        return tasks.remove(0);
    }

    @Test
    void isNotPingedWhenALoopHasEnded() throws IOException {
        try (NotifyReceiver receiver = new NotifyReceiver(path())) {
            Executor ended = task -> {
                throw new RejectedExecutionException();
            };

            manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "20000")).watch(List.of(Runnable::run, ended));

            assertThat(receiver.next(NONE_COMES)).isEmpty();
        }
    }

    @Test
    void isNotPingedForAnotherProcessNorWithoutATime() throws IOException {
        try (NotifyReceiver receiver = new NotifyReceiver(path());
                LogCapture log = new LogCapture(ServiceManager.class)) {
            List<Executor> loops = List.of(Runnable::run);
            manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "20000", "WATCHDOG_PID", "1"))
                    .watch(loops);
            manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "often")).watch(loops);
            manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "0")).watch(loops);
            manager(Map.of("NOTIFY_SOCKET", path())).watch(loops);

            assertThat(receiver.next(NONE_COMES)).isEmpty();
            assertThat(log.lines())
                    .containsExactly("WARN watchdog not started: WATCHDOG_USEC 'often': expected a number");
        }
    }

    /** As in a service manager that is restarted: its queue is full until it reads. */
    @Test
    void isWaitedForWhileItsQueueIsFull() throws Exception {
        try (NotifyReceiver receiver = new NotifyReceiver(path())) {
            ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", path()));
            Thread sender = new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    manager.ready("" + i);
                }
            });
            sender.start();

            List<String> received = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                received.add(receiver.next(PATIENCE).get(1));
            }

            sender.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(received).doesNotHaveDuplicates().endsWith("STATUS=1999");
        }
    }
}
