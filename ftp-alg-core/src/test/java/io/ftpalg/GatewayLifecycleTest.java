package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.ListeningSocket;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.netty.channel.IoEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps of a life, one by one; {@link FtpAlgTest} and {@link GatewayHandoverTest} test what they come to. */
@Timeout(30)
class GatewayLifecycleTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    private final SharedGatewayState neighbours = new SharedGatewayState();
    private final GatewayLifecycle life =
            new GatewayLifecycle(options(FtpAlg.builder().transport(TransportType.NIO)));

    private static GatewayOptions options(FtpAlgBuilder builder) {
        return builder.listen(ANY)
                .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty()))
                .options();
    }

    @Test
    void hasNothingBeforeItBegins() {
        assertThat(life.wanted()).containsExactly(ANY);
        assertThat(life.loops()).isEmpty();
        assertThat(life.bound()).isEmpty();
        assertThat(life.liveSessions()).isZero();
        assertThatThrownBy(life::parts).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listensUntilItStops() throws Exception {
        InetSocketAddress address = run();

        assertThat(neighbours.isListener(address)).isTrue();
        new Socket(address.getAddress(), address.getPort()).close();
        life.stop(Duration.ZERO).get(10, TimeUnit.SECONDS);

        assertThat(neighbours.isListener(address)).isFalse();
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
                .hasMessageContaining("refused");
        assertThat(life.loops().orElseThrow().isShuttingDown()).isTrue();
    }

    @Test
    void givesItsSocketsAwayOpen() throws Exception {
        InetSocketAddress address = run();
        List<ListeningSocket> sockets = life.sockets();

        GatewayLifecycle.change(() -> life.retire().equals(sockets));

        assertThat(life.bound()).isEmpty();
        assertThat(life.ended()).isNotDone();
        new Socket(address.getAddress(), address.getPort()).close();
        GatewayLifecycle.close(sockets.get(0), neighbours);
        life.parts().sessions().retire();
        life.ended().get(10, TimeUnit.SECONDS);
    }

    /** Whoever starts it finds that out in the change. */
    @Test
    void isLeftToWhoStartsItIfItIsStoppedMeanwhile() throws Exception {
        life.begin(neighbours, Optional.empty());

        var stopped = life.stop(Duration.ofMinutes(1));

        assertThat(GatewayLifecycle.change(life::isStarting)).isFalse();
        assertThat(stopped).isNotDone();
        life.abandon();
        stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void beginsOnce() throws Exception {
        run();

        assertThatThrownBy(() -> life.begin(neighbours, Optional.empty())).isInstanceOf(IllegalStateException.class);

        life.stop(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }

    @Test
    void endsAtOnceWhereItCannotBegin() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.NIO);
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        GatewayLifecycle late = new GatewayLifecycle(options(FtpAlg.builder().eventLoops(group)));

        assertThatThrownBy(() -> late.begin(neighbours, Optional.empty()))
                .isInstanceOf(FtpAlgException.class)
                .hasMessage("the event loops have ended, or are about to");

        late.ended().get(10, TimeUnit.SECONDS);
        late.stop(Duration.ofMinutes(1)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void endsWithEventLoopsThatTheirOwnerEnds() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.NIO);
        GatewayLifecycle on = new GatewayLifecycle(options(FtpAlg.builder().eventLoops(group)));
        on.begin(neighbours, Optional.empty());
        assertThat(on.ended()).isNotDone();

        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);

        assertThatThrownBy(() -> on.ended().get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(GatewayFailedException.class)
                .hasMessageMatching("(the|an) event loops? ha(ve|s) ended");
        on.loopsEnded().get(10, TimeUnit.SECONDS);
        on.stop(Duration.ofMinutes(1)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void takesAnyGrace() throws Exception {
        run();

        life.stop(Duration.ofSeconds(Long.MAX_VALUE)).get(10, TimeUnit.SECONDS);
    }

    private InetSocketAddress run() throws Exception {
        life.begin(neighbours, Optional.empty());
        ListeningSocket socket = new ListeningSocket(
                        ANY, life.loops().orElseThrow(), life.parts().gateway())
                .bound()
                .get(10, TimeUnit.SECONDS);
        assertThat(GatewayLifecycle.change(() -> {
                    life.take(List.of(socket));
                    return life.isRunning();
                }))
                .isTrue();
        socket.open();
        return life.bound().get(0);
    }
}
