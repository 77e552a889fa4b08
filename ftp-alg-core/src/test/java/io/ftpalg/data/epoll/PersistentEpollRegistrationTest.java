package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PersistentEpollRegistrationTest {
    private static final EpollIoOps IN = EpollIoOps.EPOLLIN;
    private static final EpollIoOps OUT = EpollIoOps.EPOLLOUT;
    private static final IoHandlerContext NO_CONTEXT = new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    };

    private final RecordingEpoll epoll = new RecordingEpoll();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean onLoop = true;
    private boolean closed;
    private final ThreadAwareExecutor loop = new ThreadAwareExecutor() {
        @Override
        public boolean isExecutorThread(Thread thread) {
            return onLoop;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    };
    private PersistentEpollRegistration handler;
    private FileDescriptor descriptor;
    private IoRegistration registration;

    @BeforeEach
    void needsEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable());
        handler = new PersistentEpollRegistration(epoll, loop);
        descriptor = FileDescriptor.from("/dev/null");
        registration = handler.register(new EpollIoHandle() {
            @Override
            public FileDescriptor fd() {
                return descriptor;
            }

            @Override
            public void handle(IoRegistration from, IoEvent event) {}

            @Override
            public void close() {
                closed = true;
            }
        });
    }

    @AfterEach
    void closeDescriptor() throws IOException {
        if (descriptor != null && descriptor.isOpen()) {
            descriptor.close();
        }
    }

    @Test
    void callsEpollForTheLastOfSeveralChanges() throws Exception {
        registration.submit(OUT);
        registration.submit(EpollIoOps.EPOLLRDHUP);
        registration.submit(IN);

        handler.run(NO_CONTEXT);

        assertThat(epoll.calls).containsExactly("register", "submit " + IN.value(), "wait");
    }

    @Test
    void callsEpollForNothingThatItHas() throws Exception {
        registration.submit(IN);
        handler.run(NO_CONTEXT);
        epoll.calls.clear();

        registration.submit(OUT);
        registration.submit(IN);
        handler.run(NO_CONTEXT);

        assertThat(epoll.calls).containsExactly("wait");
    }

    @Test
    void asksAgainForWhatIsReportedOnce() throws Exception {
        EpollIoOps once = EpollIoOps.valueOf(EpollIoOps.EPOLLIN.value() | 1 << 30);
        registration.submit(once);
        handler.run(NO_CONTEXT);
        epoll.calls.clear();

        registration.submit(once);
        handler.run(NO_CONTEXT);

        assertThat(epoll.calls).containsExactly("submit " + once.value(), "wait");
    }

    @Test
    void leavesEpollAloneForWhatIsCancelledBeforeTheLoopWaits() throws Exception {
        registration.submit(IN);

        assertThat(registration.cancel()).isTrue();
        assertThat(registration.cancel()).isFalse();
        assertThat(registration.submit(OUT)).isEqualTo(-1);
        handler.run(NO_CONTEXT);

        assertThat(registration.isValid()).isFalse();
        assertThat(epoll.calls).containsExactly("wait");
    }

    @Test
    void cancelsWhatEpollHas() throws Exception {
        registration.submit(IN);
        handler.run(NO_CONTEXT);
        epoll.calls.clear();

        assertThat(registration.cancel()).isTrue();

        assertThat(epoll.calls).containsExactly("cancel");
    }

    @Test
    void keepsADescriptorOfWhichNothingIsAsked() throws Exception {
        registration.submit(EpollIoOps.NONE);

        handler.run(NO_CONTEXT);

        int errors = Native.EPOLLERR | Native.EPOLLET;
        assertThat(epoll.calls).containsExactly("register", "submit " + errors, "wait");
    }

    @Test
    void hasTheAttachmentBeforeTheLoopWaits() {
        String attachment = registration.attachment();

        assertThat(attachment).isEqualTo("attachment");
    }

    @Test
    void asksNothingOfADescriptorThatIsClosed() throws Exception {
        registration.submit(IN);
        descriptor.close();

        handler.run(NO_CONTEXT);

        assertThat(epoll.calls).containsExactly("wait");
    }

    @Test
    void closesADescriptorThatEpollRefuses() throws Exception {
        epoll.refuses = true;
        registration.submit(IN);

        handler.run(NO_CONTEXT);

        assertThat(closed).isTrue();
        assertThat(registration.isValid()).isFalse();
        assertThat(epoll.calls).containsExactly("register", "cancel", "wait");
    }

    @Test
    void hasEpollCloseWhatWasNotWaitedFor() throws Exception {
        registration.submit(IN);

        handler.prepareToDestroy();

        assertThat(epoll.calls).containsExactly("register", "submit " + IN.value(), "close all");
    }

    @Test
    void makesACallOfAnotherThreadOnItsLoop() throws Exception {
        onLoop = false;
        registration.submit(IN);
        registration.cancel();
        handler.run(NO_CONTEXT);
        assertThat(epoll.calls).containsExactly("wait");

        onLoop = true;
        tasks.remove().run();
        handler.run(NO_CONTEXT);
        tasks.remove().run();

        assertThat(epoll.calls).containsExactly("wait", "register", "submit " + IN.value(), "wait", "cancel");
    }

    @Test
    void writesToAFullSocketWhosePeerClosedItsOwnDirection() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.EPOLL)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            client.fin();
            fixture.awaitTheLoop();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
            byte[] file = new byte[12_000_000];
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    server.send(file);
                    server.fin();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(client.readAll()).hasSize(file.length);

            RecordingListener.soon(sending);
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
            client.peer().close();
            server.peer().close();
        }
    }
}
