package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.House.Talk;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.FtpReply;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ControlInitializerTest {

    @Test
    void putsTheSessionBehindTheCodec() throws IOException {
        try (House house = new House(Transport.NIO); Talk talk = house.talk()) {
            assertThat(house.accepted.get(0).pipeline().names())
                    .containsSubsequence("decoder", "encoder", "lineTimeout", "session");
            talk.exchange("NOOP", "200 fine");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void saysThatItIsFull(Transport transport) throws IOException {
        Limits limits = Limits.builder().sessions(1).build();
        try (House house = new House(transport, limits); Talk talk = house.talk(); Peer second = house.client()) {
            assertThat(second.hear()).isEqualTo("421 Too many connections, try again later.");
            assertThat(second.hear()).isEqualTo(Peer.END);
            SessionRefused refused = house.event(SessionRefused.class);
            assertThat(refused.cause()).isEqualTo(CloseCause.SESSION_LIMIT);
            assertThat(refused.client()).isEqualTo(second.socket.getLocalSocketAddress());
            talk.exchange("NOOP", "200 not disturbed");
        }
    }

    @Test
    void saysWhatTheGateSaysAndDoesNotCountWhomItRefuses() throws IOException {
        Limits limits = Limits.builder().newSessionsPerSecond(1).build();
        try (House house = new House(Transport.NIO, limits)) {
            house.gateSays = Optional.of(new FtpReply(421, List.of("Closed", " until", "tomorrow.")));
            for (int i = 0; i < 3; i++) {
                try (Peer client = house.client()) {
                    assertThat(List.of(client.hear(), client.hear(), client.hear(), client.hear()))
                            .containsExactly("421-Closed", " until", "421 tomorrow.", Peer.END);
                }
            }
            assertThat(house.event(SessionRefused.class).cause()).isEqualTo(CloseCause.REFUSED_BY_GATE);

            house.gateSays = Optional.empty();

            try (Talk talk = house.talk()) {
                talk.exchange("NOOP", "200 fine");
            }
        }
    }

    @Test
    void doesNotAskTheGateOnceItStops() throws IOException {
        try (House house = new House(Transport.NIO)) {
            house.gateSays = Optional.of(FtpReply.of(421, "Closed."));
            house.admission.stop();

            try (Peer late = house.client()) {
                assertThat(late.hear()).isEqualTo("421 The gateway is shutting down.");
            }
        }
    }

    @Test
    void givesThePlaceBackWhenTheClientIsGone() throws IOException {
        Limits limits = Limits.builder().sessions(1).build();
        try (House house = new House(Transport.NIO, limits)) {
            try (Talk first = house.talk()) {
                first.client().reset();
                await().atMost(House.PATIENCE).until(() -> house.admission.sessions() == 0);
            }

            try (Talk second = house.talk()) {
                second.exchange("NOOP", "200 fine");
            }
        }
    }

    @Test
    void saysThatItStops() throws IOException {
        try (House house = new House(Transport.NIO)) {
            house.admission.stop();

            try (Peer late = house.client()) {
                assertThat(late.hear()).isEqualTo("421 The gateway is shutting down.");
                assertThat(house.event(SessionRefused.class).cause()).isEqualTo(CloseCause.SHUTDOWN);
            }
        }
    }

    /** As if the first one had retired, and lost its last session, between the look at it and the count. */
    @Test
    void findsTheNextGatewayIfTheFirstHasEnded() throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        try (House ended = new House(Transport.NIO); House next = new House(Transport.NIO)) {
            ended.sessions.retire();
            Iterator<Gateway> receivers = List.of(ended.gateway, next.gateway).iterator();
            Channel listener = new ServerBootstrap().group(group).channelFactory(Transport.NIO.controlListeners())
                    .childHandler(new ControlInitializer(receivers::next))
                    .bind(new InetSocketAddress(House.LOCALHOST, 0)).syncUninterruptibly().channel();

            try (Peer client = Peer.connect((InetSocketAddress) listener.localAddress());
                    Talk talk = new Talk(client, next.server())) {
                talk.server().say("220 next");

                assertThat(client.hear()).isEqualTo("220 next");
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** A client that talks first, as attackers and some scripts do, must read why it is turned away. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void isReadByARefusedClientThatTalksFirst(Transport transport) throws IOException {
        Limits limits = Limits.builder().sessions(1).newSessionsPerSecond(1000).build();
        try (House house = new House(transport, limits); Talk talk = house.talk()) {
            for (int i = 0; i < 50; i++) {
                try (Peer hasty = house.client()) {
                    hasty.say("USER u", "PASS p");

                    assertThat(hasty.hear()).startsWith("421 ");
                    assertThat(hasty.hear()).isEqualTo(Peer.END);
                }
            }
            talk.exchange("NOOP", "200 fine");
        }
    }
}
