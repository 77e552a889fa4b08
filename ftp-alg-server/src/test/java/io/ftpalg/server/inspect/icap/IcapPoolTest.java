package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IcapPoolTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ServerSocket server;

    IcapPoolTest() throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        server.close();
    }

    private IcapPool pool(int most, long idleMillis) {
        return new IcapPool(
                loop,
                (InetSocketAddress) server.getLocalSocketAddress(),
                most,
                Duration.ofSeconds(10),
                Duration.ofMillis(idleMillis));
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<IcapConnection> acquire(IcapPool pool) throws Exception {
        return onLoop(pool::acquire);
    }

    private void release(IcapPool pool, IcapConnection connection) throws Exception {
        onLoop(() -> {
            pool.release(connection);
            return true;
        });
    }

    @Test
    void closesWhatIsIdleForTooLong() throws Exception {
        IcapPool pool = pool(1, 50);
        IcapConnection connection = acquire(pool).get(10, TimeUnit.SECONDS);
        Socket accepted = server.accept();

        release(pool, connection);

        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void usesWhatIsIdle() throws Exception {
        IcapPool pool = pool(1, 10_000);
        IcapConnection connection = acquire(pool).get(10, TimeUnit.SECONDS);
        release(pool, connection);

        assertThat(acquire(pool).get(10, TimeUnit.SECONDS)).isSameAs(connection);
    }

    @Test
    void connectsAgainIfTheServiceClosedWhatWasIdle() throws Exception {
        IcapPool pool = pool(1, 10_000);
        IcapConnection connection = acquire(pool).get(10, TimeUnit.SECONDS);
        release(pool, connection);
        server.accept().close();
        await().until(() -> onLoop(() -> !connection.active()));

        assertThat(acquire(pool).get(10, TimeUnit.SECONDS)).isNotSameAs(connection);
    }

    /** One more waits; with more connections at a time it gets one. */
    @Test
    void hasSoManyAtATime() throws Exception {
        IcapPool pool = pool(2, 10_000);
        acquire(pool).get(10, TimeUnit.SECONDS);
        acquire(pool).get(10, TimeUnit.SECONDS);
        CompletableFuture<IcapConnection> third = acquire(pool);
        boolean waits = !third.isDone();
        onLoop(() -> {
            pool.most(3);
            return true;
        });

        assertThat(third.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(waits).isTrue();
    }

    @Test
    void aCancelledRequestTakesNone() throws Exception {
        IcapPool pool = pool(1, 10_000);
        IcapConnection first = acquire(pool).get(10, TimeUnit.SECONDS);
        CompletableFuture<IcapConnection> cancelled = acquire(pool);
        CompletableFuture<IcapConnection> next = acquire(pool);
        cancelled.cancel(false);
        release(pool, first);

        assertThat(next.get(10, TimeUnit.SECONDS)).isSameAs(first);
    }
}
