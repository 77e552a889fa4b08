package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawSocketTest {
    private final DataFixture fixture =
            new DataFixture(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);
    private final AtomicInteger closed = new AtomicInteger();
    private final BlockingQueue<EpollIoOps> ready = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> loopEnded = new CompletableFuture<>();
    private final RawSocket.Watcher watcher = new RawSocket.Watcher() {
        @Override
        public void onReady(EpollIoOps what) {
            ready.add(what);
        }

        @Override
        public void onLoopEnd() {
            loopEnded.complete(true);
        }
    };

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellsWhatWasAskedForAndNothingElse() throws Exception {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);
            fixture.run(() -> ask(socket, 0));
            peer.getOutputStream().write(1);
            fixture.awaitTheLoop();
            assertThat(ready).isEmpty();

            fixture.run(() -> ask(socket, EpollIoOps.EPOLLIN.value()));

            EpollIoOps told = ready.poll(8, TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.contains(EpollIoOps.EPOLLIN)).isTrue();
            assertThat(told.contains(EpollIoOps.EPOLLOUT)).isFalse();
            fixture.run(socket::abort);
        }
    }

    @Test
    void canBeAskedAgainAfterNothingWasAsked() throws Exception {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);
            fixture.run(() -> ask(socket, EpollIoOps.EPOLLIN.value()));
            fixture.run(() -> ask(socket, 0));
            fixture.run(() -> ask(socket, EpollIoOps.EPOLLOUT.value()));

            EpollIoOps told = ready.poll(8, TimeUnit.SECONDS);

            assertThat(told).isNotNull();
            assertThat(told.contains(EpollIoOps.EPOLLOUT)).isTrue();
            fixture.run(socket::abort);
        }
    }

    @Test
    void tellsNothingOnceUnwatched() throws IOException {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);
            fixture.run(() -> {
                ask(socket, EpollIoOps.EPOLLIN.value());
                socket.unwatch();
            });
            peer.getOutputStream().write(1);
            fixture.awaitTheLoop();

            assertThat(ready).isEmpty();
            assertThat(socket.fd().isOpen()).isTrue();
            fixture.run(socket::abort);
        }
    }

    @Test
    void resetsUnlessItIsClosedInOrder() throws IOException {
        try (Socket cut = new Socket();
                Socket ended = new Socket()) {
            RawSocket one = connect(cut);
            RawSocket other = connect(ended);

            fixture.run(one::abort);
            fixture.run(other::closeInOrder);

            assertThatThrownBy(() -> cut.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(ended.getInputStream().read()).isEqualTo(-1);
            assertThat(closed).hasValue(2);
            assertThat(one.isClosed()).isTrue();
        }
    }

    @Test
    void closesOnceAndTellsWhoWaitsForIt() throws IOException {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);
            AtomicInteger told = new AtomicInteger();
            socket.onClose(told::incrementAndGet);

            fixture.run(() -> {
                socket.abort();
                socket.closeInOrder();
                socket.close();
            });

            assertThat(told).hasValue(1);
            assertThat(closed).hasValue(1);
            assertThat(loopEnded).isNotDone();
        }
    }

    @Test
    void isResetByTheEndOfItsLoop() throws IOException {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);
            fixture.run(() -> ask(socket, EpollIoOps.EPOLLIN.value()));

            fixture.stop();

            assertThat(RecordingListener.soon(loopEnded)).isTrue();
            assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void asksNothingOfAClosedDescriptor() throws IOException {
        try (Socket peer = new Socket()) {
            RawSocket socket = connect(peer);

            fixture.run(() -> {
                socket.abort();
                ask(socket, EpollIoOps.EPOLLIN.value());
            });

            fixture.awaitTheLoop();
            assertThat(ready).isEmpty();
        }
    }

    private static void ask(RawSocket socket, int ops) {
        try {
            socket.ask(ops);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns an armed and watched socket whose other end this is. */
    private RawSocket connect(Socket peer) throws IOException {
        RecordingListener legListener = new RecordingListener();
        RawLeg leg = (RawLeg) fixture.listen(legListener);
        peer.setSoTimeout(8_000);
        peer.connect(legListener.listening());
        legListener.connected();
        return fixture.call(() -> {
            RawSocket socket = new RawSocket(
                    new io.netty.channel.unix.Socket(leg.handOver().release()),
                    (IoEventLoop) fixture.loop,
                    closed::incrementAndGet);
            socket.arm();
            socket.watch(watcher);
            return socket;
        });
    }
}
