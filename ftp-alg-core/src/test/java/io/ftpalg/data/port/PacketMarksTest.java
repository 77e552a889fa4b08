package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.WithoutCapability;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.epoll.RawLeg;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class PacketMarksTest {
    private static final int CODEPOINT = 46;
    private static final int TOS = 184;
    private static final long MARK = 0xFFFF_FFF1L;
    private static final PacketMarks DSCP = new PacketMarks(Optional.of(CODEPOINT), Optional.empty());
    private static final PacketMarks BOTH = new PacketMarks(Optional.of(CODEPOINT), Optional.of(MARK));

    private final RecordingListener legListener = new RecordingListener();

    static Stream<Arguments> everywhere() {
        return Kind.available().stream().flatMap(kind -> Stream.of("127.0.0.1", "::1")
                .map(address -> Arguments.of(kind, DataFixture.address(address))));
    }

    static Stream<Arguments> onLinux() {
        return everywhere().filter(arguments -> arguments.get()[0] != Kind.NIO);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void giveACodepointToWhatIsDialled(Kind kind, InetAddress address) throws IOException {
        try (DataFixture fixture = new DataFixture(kind);
                ServerSocket server = new ServerSocket(0, 1, address)) {
            DataLeg leg = dial(fixture, server, DSCP);
            legListener.connected();

            assertThat(fixture.<Integer>call(() -> trafficClass(leg, address))).isEqualTo(TOS);
            fixture.run(leg::abort);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void giveACodepointToWhatIsAccepted(Kind kind, InetAddress address) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            DataLeg leg = listen(fixture, address, DSCP);
            try (Socket peer = new Socket()) {
                peer.connect(legListener.listening());
                legListener.connected();

                assertThat(fixture.<Integer>call(() -> trafficClass(leg, address)))
                        .isEqualTo(TOS);
            }
            fixture.run(leg::abort);
        }
    }

    /** The first packet that a peer hears of a port carries it too. */
    @ParameterizedTest
    @MethodSource("onLinux")
    void giveACodepointToWhatListens(Kind kind, InetAddress address) {
        try (DataFixture fixture = new DataFixture(kind)) {
            DataLeg leg = listen(fixture, address, DSCP);
            legListener.listening();

            assertThat(fixture.<Integer>call(() -> trafficClass(leg, address))).isEqualTo(TOS);
            fixture.run(leg::abort);
        }
    }

    @ParameterizedTest
    @MethodSource("onLinux")
    void markWhatIsDialled(Kind kind, InetAddress address) throws IOException {
        needsCapability();
        try (DataFixture fixture = new DataFixture(kind);
                ServerSocket server = new ServerSocket(0, 1, address)) {
            DataLeg leg = dial(fixture, server, BOTH);
            legListener.connected();

            assertThat(fixture.<Integer>call(() -> option(leg, 1, 36))).isEqualTo((int) MARK);
            assertThat(fixture.<Integer>call(() -> trafficClass(leg, address))).isEqualTo(TOS);
            fixture.run(leg::abort);
        }
    }

    @ParameterizedTest
    @MethodSource("onLinux")
    void markWhatListensAndWhatIsAccepted(Kind kind, InetAddress address) throws IOException {
        needsCapability();
        try (DataFixture fixture = new DataFixture(kind)) {
            DataLeg leg = listen(fixture, address, BOTH);
            legListener.listening();
            assertThat(fixture.<Integer>call(() -> option(leg, 1, 36))).isEqualTo((int) MARK);
            try (Socket peer = new Socket()) {
                peer.connect(legListener.listening());
                legListener.connected();

                assertThat(fixture.<Integer>call(() -> option(leg, 1, 36))).isEqualTo((int) MARK);
            }
            fixture.run(leg::abort);
        }
    }

    @Test
    void failWhatCannotBeMarked() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO);
                ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            assertThat(dial(fixture, server, BOTH)).isNotNull();
            assertThat(legListener.failed()).isEqualTo(DataFailure.NO_SOCKET);
            assertThat(legListener.details).containsExactly("a mark needs transport EPOLL");

            RecordingListener door = new RecordingListener();
            assertThat(fixture.<DataLeg>call(() -> fixture.channels.listen(
                            ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 3)
                                    .withMarks(BOTH),
                            door)))
                    .isNotNull();
            assertThat(door.failed()).isEqualTo(DataFailure.NO_SOCKET);
            assertThat(door.details).containsExactly("a mark needs transport EPOLL");
        }
    }

    @Test
    void canBeTriedOut() throws IOException {
        PacketMarks.tryOut(Optional.empty());
        needsCapability();

        PacketMarks.tryOut(Optional.of(MARK));
    }

    /** The attempts of a process that may do all that root may, but this. */
    @Test
    void sayWhatTheyNeedWhereTheyAreNotPermitted() throws IOException {
        needsCapability();

        List<String> said = WithoutCapability.run(Unprivileged.class);

        assertThat(said)
                .hasSize(1 + 2 * Unprivileged.KINDS.size())
                .allMatch(line -> line.matches(
                        "(NO_SOCKET: )?cannot set the mark 7, which needs CAP_NET_ADMIN: setsockopt\\(\\) failed: .*"));
    }

    /** Prints what comes of marking in its own process. */
    static final class Unprivileged {
        static final List<Kind> KINDS = List.of(Kind.SPLICE, Kind.EPOLL);

        private Unprivileged() {}

        public static void main(String[] args) throws IOException {
            assertThatThrownBy(() -> PacketMarks.tryOut(Optional.of(7L)))
                    .satisfies(e -> System.out.println(e.getMessage()));
            PacketMarks marks = new PacketMarks(Optional.empty(), Optional.of(7L));
            for (Kind kind : KINDS) {
                try (DataFixture fixture = new DataFixture(kind);
                        ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
                    PacketMarksTest dialled = new PacketMarksTest();
                    assertThat(dialled.dial(fixture, server, marks)).isNotNull();
                    System.out.println(dialled.legListener.failed() + ": " + dialled.legListener.details.get(0));
                    PacketMarksTest listening = new PacketMarksTest();
                    assertThat(listening.listen(fixture, DataFixture.LOCALHOST, marks))
                            .isNotNull();
                    System.out.println(listening.legListener.failed() + ": " + listening.legListener.details.get(0));
                }
            }
        }
    }

    private static void needsCapability() {
        assumeTrue(
                Epoll.isAvailable() && "root".equals(System.getProperty("user.name")), "a mark needs Linux and root");
    }

    private DataLeg dial(DataFixture fixture, ServerSocket server, PacketMarks marks) {
        InetSocketAddress remote = (InetSocketAddress) server.getLocalSocketAddress();
        return fixture.call(() -> fixture.channels.dial(
                new DialRequest(remote, Optional.empty(), Optional.empty(), DataFixture.SECONDS, marks), legListener));
    }

    private DataLeg listen(DataFixture fixture, InetAddress address, PacketMarks marks) {
        return fixture.call(() -> fixture.channels.listen(
                ListenRequest.of(address, DataFixture.ANY, address, 3).withMarks(marks), legListener));
    }

    private static int trafficClass(DataLeg leg, InetAddress address) throws IOException {
        if (leg instanceof ChannelLeg channel
                && channel.socket() instanceof SocketChannel socket
                && !(socket instanceof UnixChannel)) {
            return socket.config().getTrafficClass();
        }
        return address.getAddress().length == 4 ? option(leg, 0, 1) : option(leg, 41, 67);
    }

    private static int option(DataLeg leg, int level, int name) throws IOException {
        if (leg instanceof RawLeg raw) {
            return Objects.requireNonNull(raw.socket()).socket().getIntOpt(level, name);
        }
        Channel socket = Objects.requireNonNull(((ChannelLeg) leg).socket());
        return socket.config().getOption(new IntegerUnixChannelOption("asked", level, name));
    }
}
