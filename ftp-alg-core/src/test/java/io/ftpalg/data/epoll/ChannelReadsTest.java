package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelReadsTest {
    private final List<String> calls = new ArrayList<>();
    private ChannelReads reads;

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
        reads = new ChannelReads(new Channel());
    }

    @Test
    void asksForNoFin() {
        EpollIoOps both = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);

        assertThat(ChannelReads.asked(both)).isEqualTo(EpollIoOps.EPOLLIN);
        assertThat(ChannelReads.asked(EpollIoOps.EPOLLRDHUP)).isEqualTo(EpollIoOps.NONE);
    }

    @Test
    void passesOnWhatIsReady() {
        report(EpollIoOps.EPOLLIN);

        assertThat(calls).containsExactly("ready " + EpollIoOps.EPOLLIN.value());
    }

    /** A channel that is not read would not see it otherwise. */
    @Test
    void reportsAResetAsAnEndToReadTo() {
        report(EpollIoOps.EPOLLERR);

        assertThat(calls)
                .containsExactly("ready "
                        + EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLRDHUP).value());
    }

    @Test
    void isTheChannelInAllElse() throws Exception {
        reads.registered();
        reads.unregistered();
        reads.close();

        assertThat(calls).containsExactly("registered", "unregistered", "close");
        assertThat(reads.fd().isOpen()).isFalse();
    }

    private void report(EpollIoOps ops) {
        record Event(EpollIoOps ops) implements EpollIoEvent {}
        reads.handle(NONE, new Event(ops));
    }

    private static final IoRegistration NONE = new IoRegistration() {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T attachment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long submit(IoOps ops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return false;
        }
    };

    private final class Channel implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            try {
                FileDescriptor closed = FileDescriptor.from("/dev/null");
                closed.close();
                return closed;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            calls.add("ready " + ((EpollIoEvent) event).ops().value());
        }

        @Override
        public void registered() {
            calls.add("registered");
        }

        @Override
        public void unregistered() {
            calls.add("unregistered");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
