package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.policy.TransportType;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
public class TransportTest {

    /** Those of this machine. */
    public static List<Transport> available() {
        return Stream.of(Transport.values()).filter(TransportTest::isAvailable).toList();
    }

    private static boolean isAvailable(Transport transport) {
        try {
            return Transport.of(TransportType.valueOf(transport.name())) == transport;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Zero would be no timeout for Netty, and less none that it takes. */
    @Test
    void aTimeToConnectIsAtLeastAMillisecondAndAtMostAnInt() {
        assertThat(Transport.connectMillis(999)).isEqualTo(1);
        assertThat(Transport.connectMillis(Duration.ofSeconds(3).toNanos())).isEqualTo(3000);
        assertThat(Transport.connectMillis(Duration.ofDays(30).toNanos())).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void nioIsEverywhere() {
        assertThat(available()).contains(Transport.NIO);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void saysWhyOneIsNotThere(Transport transport) {
        assumeTrue(!isAvailable(transport));

        assertThatThrownBy(() -> Transport.of(TransportType.valueOf(transport.name())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("transport " + transport + " is not available here: .{4,}");
    }

    @Test
    void picksTheBestThatIsThere() {
        Transport best = List.of(Transport.EPOLL, Transport.KQUEUE, Transport.NIO).stream()
                .filter(available()::contains)
                .findFirst()
                .orElseThrow();

        assertThat(Transport.of(TransportType.AUTO)).isEqualTo(best);
    }

    @ParameterizedTest
    @MethodSource("available")
    void knowsItsOwnEventLoops(Transport transport) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        try {
            assertThat(Transport.of(group)).isEqualTo(transport);
        } finally {
            group.shutdownGracefully();
        }
    }

    /** What they break shows {@link io.ftpalg.data.epoll.PersistentEpollRegistrationTest}. */
    @Test
    void refusesPlainEpollLoops() {
        assumeTrue(available().contains(Transport.EPOLL));
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            assertThatThrownBy(() -> Transport.of(group))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("make them with FtpAlg.newEventLoops(TransportType.EPOLL)");
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void refusesEventLoopsOfSomethingElse() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        try {
            assertThatThrownBy(() -> Transport.of(group)).isInstanceOf(IllegalArgumentException.class);
        } finally {
            group.shutdownGracefully();
        }
    }

    /** As clients send ABOR: the last byte comes as urgent data, which Netty drops unless asked. */
    @ParameterizedTest
    @MethodSource("available")
    void takesUrgentDataOfAClientInLine(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().send("NOOP\r");
            talk.client().socket.sendUrgentData('\n');

            assertThat(talk.server().receive()).isEqualTo("NOOP");
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void takesUrgentDataOfAServerInLine(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().say("NOOP");
            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().send("200 fine\r");
            talk.server().socket.sendUrgentData('\n');

            assertThat(talk.client().receive()).isEqualTo("200 fine");
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void keepsControlConnectionsAliveAndPrompt(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            SocketChannel client = (SocketChannel) network.accepted.get(0);

            assertThat(client.remoteAddress().getPort())
                    .isEqualTo(talk.client().socket.getLocalPort());
            assertThat(client.config().isKeepAlive()).isTrue();
            assertThat(client.config().isTcpNoDelay()).isTrue();
            assertThat(transport.controlOptions()).allSatisfy((option, value) -> assertThat(
                            (Object) client.config().getOption(option))
                    .isEqualTo(value));
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void dialsDataByTheChannelsOfItsLoops(Transport transport) {
        SocketChannel socket = transport.dataSockets().newChannel();

        assertThat(socket.getClass()).isNotEqualTo(UrgentNioSocketChannel.class);
        assertThat(socket.getClass().getSimpleName())
                .containsIgnoringCase(transport.label().replace("_", ""));
        socket.unsafe().closeForcibly();
    }

    @Test
    void isWrittenInLowerCase() {
        assertThat(Stream.of(Transport.values()).map(Transport::label))
                .containsExactly("epoll", "io_uring", "kqueue", "nio");
    }
}
