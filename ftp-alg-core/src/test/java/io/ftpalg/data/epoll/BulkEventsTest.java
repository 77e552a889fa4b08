package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkEventsTest {
    private static final EpollIoOps IN = EpollIoOps.EPOLLIN;

    private final List<String> handled = new ArrayList<>();
    private final RecordingEpoll epoll = new RecordingEpoll();
    private long now;
    private long costOfEvent;
    private final BulkEvents events = new BulkEvents(() -> now);

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    /** A handle that writes down what it is called for, and takes its time. */
    private final class Recorder implements BulkHandle {
        private final String name;
        private final boolean bulk;

        Recorder(String name, boolean bulk) {
            this.name = name;
            this.bulk = bulk;
        }

        @Override
        public boolean isBulk() {
            return bulk;
        }

        @Override
        public FileDescriptor fd() {
            return new FileDescriptor(7);
        }

        @Override
        public void handle(IoRegistration from, IoEvent event) {
            handled.add(name + " " + ((EpollIoEvent) event).ops().value());
            now += costOfEvent;
        }

        @Override
        public void close() {
            handled.add(name + " closed");
        }
    }

    /** A socket that epoll has. */
    private final class Watched {
        private final EpollIoHandle handle;
        private final IoRegistration registration;

        Watched(String name, boolean bulk) {
            handle = events.behindOthers(new Recorder(name, bulk));
            registration = epoll.register(handle);
        }

        void report(EpollIoOps ops) {
            handle.handle(registration, (EpollIoEvent) () -> ops);
        }
    }

    @Test
    void handlesBulkDataBehindAllOthers() {
        new Watched("file", true).report(IN);
        new Watched("connect", false).report(IN);
        assertThat(handled).containsExactly("connect 1");

        assertThat(events.handleSome()).isEqualTo(1);

        assertThat(handled).containsExactly("connect 1", "file 1");
    }

    @Test
    void endsATurnWhenItsTimeIsOver() {
        costOfEvent = BulkEvents.TURN / 2;
        for (String name : List.of("a", "b", "c")) {
            new Watched(name, true).report(IN);
        }

        assertThat(events.handleSome()).isEqualTo(2);
        assertThat(events.handleSome()).isEqualTo(1);
        assertThat(events.handleSome()).isZero();

        assertThat(handled).containsExactly("a 1", "b 1", "c 1");
    }

    @Test
    void handlesOneWhateverItTakes() {
        costOfEvent = 10 * BulkEvents.TURN;
        new Watched("a", true).report(IN);
        new Watched("b", true).report(IN);

        assertThat(events.handleSome()).isEqualTo(1);
    }

    @Test
    void handlesWhatIsReportedAgainOnceAndInItsFirstPlace() {
        Watched a = new Watched("a", true);
        Watched b = new Watched("b", true);
        a.report(IN);
        b.report(IN);
        a.report(EpollIoOps.EPOLLRDHUP);

        assertThat(events.handleSome()).isEqualTo(2);

        int both = IN.value() | EpollIoOps.EPOLLRDHUP.value();
        assertThat(handled).containsExactly("a " + both, "b 1");
    }

    @Test
    void dropsEventsOfASocketThatIsWatchedNoMore() {
        Watched gone = new Watched("gone", true);
        gone.report(IN);
        gone.registration.cancel();

        events.handleSome();

        assertThat(handled).isEmpty();
    }

    @Test
    void hasTheLoopWaitOnlyWhenNothingIsLeft() {
        IoHandlerContext given = new Context();
        assertThat(events.context(given)).isSameAs(given);
        new Watched("a", true).report(IN);

        IoHandlerContext context = events.context(given);

        assertThat(context.canBlock()).isFalse();
        assertThat(context.delayNanos(1)).isZero();
        assertThat(context.deadlineNanos()).isEqualTo(77);
        assertThat(context.shouldReportActiveIoTime()).isTrue();
        context.reportActiveIoTime(5);
        assertThat(handled).containsExactly("active 5");
        events.handleSome();
        assertThat(events.context(given)).isSameAs(given);
    }

    @Test
    void isClosedAsItsHandle() throws Exception {
        Watched socket = new Watched("a", true);
        assertThat(socket.handle.fd().intValue()).isEqualTo(7);

        socket.handle.close();

        assertThat(handled).containsExactly("a closed");
    }

    private final class Context implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return true;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 99;
        }

        @Override
        public long deadlineNanos() {
            return 77;
        }

        @Override
        public void reportActiveIoTime(long activeNanos) {
            handled.add("active " + activeNanos);
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return true;
        }
    }
}
