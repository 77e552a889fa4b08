package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.netty.channel.IoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever state a gateway is in, its start throws nothing, and its stop and its close come to an end. */
@Timeout(60)
class FtpAlgEndsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.3", 0);

    private static FtpAlgBuilder builder() {
        return FtpAlg.builder()
                .listen(ANY)
                .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty()));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void startsNoMoreOnceItWasStopped() throws Exception {
        FtpAlg gateway = builder().build();
        get(gateway.stop(Duration.ZERO));

        assertThatThrownBy(() -> get(gateway.start())).cause().isInstanceOf(IllegalStateException.class);

        gateway.close();
    }

    @Test
    void failsToStartOnEventLoopsThatHaveEnded() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.AUTO);
        FtpAlg gateway = builder().eventLoops(group).build();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        assertThatThrownBy(() -> get(gateway.start()))
                .cause()
                .isInstanceOf(FtpAlgException.class)
                .hasMessageContaining("event loops have ended");

        get(gateway.ended());
        get(gateway.stop(Duration.ofMinutes(1)));
        gateway.close();
    }

    @Test
    void failsWithEventLoopsThatTheirOwnerEndsAndIsStoppedAllTheSame() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.AUTO);
        FtpAlg gateway = get(builder().eventLoops(group).build().start());

        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        assertThatThrownBy(() -> get(gateway.ended()))
                .cause()
                .isInstanceOf(GatewayFailedException.class)
                .hasMessageMatching(".* ha(s|ve) (ended|closed)");
        get(gateway.stop(Duration.ofMinutes(1)));
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportType.class,
            names = {"AUTO", "NIO"})
    void leavesNoThreadBehindWhereItCannotStart(TransportType transport) throws Exception {
        List<String> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            FtpAlg gateway = builder()
                    .listen((InetSocketAddress) taken.getLocalSocketAddress())
                    .transport(transport)
                    .clientTls(
                            ClientTls.OPTIONAL,
                            (name, listener) -> CompletableFuture.failedStage(new IllegalStateException()))
                    .build();

            assertThatThrownBy(() -> get(gateway.start())).cause().isInstanceOf(FtpAlgException.class);

            get(gateway.ended());
            gateway.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).isEqualTo(before));
    }

    /** A gateway of the second address only, whose first was begun before. */
    @Test
    void leavesNothingBehindOfOneThatCouldStartBesideOneThatCannot() throws Exception {
        List<String> before = threads();
        FtpAlg used = builder().build();
        get(used.stop(Duration.ZERO));
        FtpAlg sound = builder().build();

        assertThatThrownBy(() -> get(FtpAlg.startInPlaceOf(List.of(sound, used), List.of())))
                .cause()
                .isInstanceOf(IllegalStateException.class);

        get(sound.ended());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).isEqualTo(before));
    }

    @Test
    void stopsWhileItStarts() throws Exception {
        for (int i = 0; i < 20; i++) {
            FtpAlg gateway = builder().build();
            var starting = gateway.start();
            get(gateway.stop(Duration.ZERO));
            gateway.close();
            assertThat(starting.toCompletableFuture()).isDone();
        }
    }

    /** Netty tells of the end of event loops on a thread of its own: who waits there, waits for ever. */
    @Test
    void isClosedWhereAnotherHasEnded() throws Exception {
        FtpAlg other = get(builder().build().start());
        FtpAlg first = get(builder().build().start());
        CompletableFuture<Void> closed = first.ended().thenRun(other::close).toCompletableFuture();

        get(first.stop(Duration.ZERO));

        get(closed);
        get(other.ended());
    }

    @Test
    void isClosedOnItsOwnEventLoop() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.AUTO);
        FtpAlg gateway = get(builder().eventLoops(group).build().start());

        group.next().submit(gateway::close).get(10, TimeUnit.SECONDS);

        get(gateway.ended());
        gateway.close();
        group.shutdownGracefully();
    }

    /** Those of gateways; others come and go as they like. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("ftp-alg"))
                .sorted()
                .toList();
    }
}
