package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ListeningSocketTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(TestNetwork.LOCALHOST, 0);

    /** Clients that came before it opened wait, and belong to whoever is the receiver then. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void letsClientsWaitUntilItOpensAndGivesThemToTheReceiverOfThatMoment(Transport transport) throws Exception {
        IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.loops());
        try (TestNetwork first = new TestNetwork(transport);
                TestNetwork second = new TestNetwork(transport)) {
            ListeningSocket socket = TestNetwork.soon(new ListeningSocket(ANY, loops, first.gateway).bound());
            assertThat(socket.configured()).isEqualTo(ANY);
            assertThat(socket.address().getPort()).isPositive();
            try (Peer early = Peer.connect(socket.address())) {
                socket.handTo(second.gateway);
                socket.open();

                try (Talk talk = new Talk(early, second.server())) {
                    talk.server().say("220 second");
                    assertThat(early.receive()).isEqualTo("220 second");
                }
            }
            socket.handTo(first.gateway);
            try (Peer late = Peer.connect(socket.address());
                    Talk talk = new Talk(late, first.server())) {
                talk.server().say("220 first");
                assertThat(late.receive()).isEqualTo("220 first");
            }
            socket.close();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void tellsAClientWhoseReceiverHasEnded() throws Exception {
        IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        try (TestNetwork ended = new TestNetwork(Transport.NIO)) {
            ended.sessions.retire();
            TestNetwork.soon(ended.sessions.drained());
            ListeningSocket socket = TestNetwork.soon(new ListeningSocket(ANY, loops, ended.gateway).bound());
            socket.open();

            try (Peer client = Peer.connect(socket.address())) {
                assertThat(client.receive()).isEqualTo("421 The gateway is shutting down.");
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** As Netty closes a listener whose accept fails with what it does not know. */
    @Test
    void failsTheGatewayThatHasItWhenItClosesUnasked() throws Exception {
        List<Channel> registered = new CopyOnWriteArrayList<>();
        IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops()) {
            @Override
            public ChannelFuture register(Channel channel) {
                registered.add(channel);
                return super.register(channel);
            }
        };
        try (TestNetwork first = new TestNetwork(Transport.NIO);
                TestNetwork second = new TestNetwork(Transport.NIO)) {
            ListeningSocket socket = TestNetwork.soon(new ListeningSocket(ANY, loops, first.gateway).bound());
            int port = socket.address().getPort();
            socket.handTo(second.gateway);

            registered.get(0).close();

            assertThat(TestNetwork.soon(second.sessions.failed()).what())
                    .isEqualTo("the listener at 127.0.0.1:" + port + " has closed");
            assertThat(first.sessions.failed()).as("handed on").isNotDone();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void failsNothingWhenItIsClosed() throws Exception {
        IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            ListeningSocket socket = TestNetwork.soon(new ListeningSocket(ANY, loops, network.gateway).bound());
            CompletableFuture<Void> closed = socket.closed();

            socket.close();

            TestNetwork.soon(closed);
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            assertThat(network.sessions.failed()).isNotDone();
        }
    }

    @Test
    void failsWhereSomebodyListensAndFreesItsPortWhenItCloses() throws Exception {
        IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            ListeningSocket socket = TestNetwork.soon(new ListeningSocket(ANY, loops, network.gateway).bound());
            ListeningSocket second = new ListeningSocket(socket.address(), loops, network.gateway);

            assertThatThrownBy(() -> second.bound().get(8, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);

            CompletableFuture<Void> closed = socket.closed();
            socket.close();
            TestNetwork.soon(closed);
            TestNetwork.soon(socket.closed());
            // The JDK's selector keeps the descriptor until its next turn.
            await().atMost(TestNetwork.PATIENCE).untilAsserted(() -> {
                try (ServerSocket free = new ServerSocket()) {
                    free.bind(socket.address());
                    assertThat(free.isBound()).isTrue();
                }
            });
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
