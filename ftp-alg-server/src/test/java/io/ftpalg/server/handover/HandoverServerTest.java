package io.ftpalg.server.handover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.InheritedSocket;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides of the dialogue between a running process and the one that replaces it. */
@Timeout(60)
class HandoverServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of(".");

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final AtomicInteger released = new AtomicInteger();

    @BeforeEach
    void needsEpoll() {
        Assumptions.assumeTrue(Epoll.isAvailable(), "Linux only");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : owned) {
            each.close();
        }
    }

    private Path path() {
        return folder.resolve("handover.sock");
    }

    private EpollServerSocketChannel listening() throws InterruptedException {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        owned.push(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        EpollServerSocketChannel channel = new EpollServerSocketChannel();
        EventLoop loop = loops.next();
        loop.register(channel).sync();
        channel.bind(new InetSocketAddress("127.0.0.3", 0)).sync();
        return channel;
    }

    private HandoverServer open(List<Integer> descriptors) throws Exception {
        HandoverServer server = HandoverServer.open(path(), new HandoverServer.Running() {
            @Override
            public List<Integer> descriptors() {
                return descriptors;
            }

            @Override
            public void release() {
                released.incrementAndGet();
            }
        });
        owned.push(server);
        return server;
    }

    private Predecessor find() throws Exception {
        Predecessor found = Predecessor.find(path()).orElseThrow();
        owned.push(found);
        return found;
    }

    @Test
    void passesListeningSocketsAndIsReleased() throws Exception {
        EpollServerSocketChannel first = listening();
        EpollServerSocketChannel second = listening();
        open(List.of(first.fd().intValue(), second.fd().intValue()));

        Predecessor predecessor = find();

        assertThat(predecessor.descriptors())
                .hasSize(2)
                .doesNotContain(first.fd().intValue(), second.fd().intValue());
        for (int i = 0; i < 2; i++) {
            try (InheritedSocket socket =
                    InheritedSocket.of(predecessor.descriptors().get(i))) {
                assertThat(socket.address()).isEqualTo((i == 0 ? first : second).localAddress());
            }
        }
        assertThat(released).hasValue(0);
        predecessor.release();
        assertThat(released).hasValue(1);
    }

    @Test
    void theOwnerOnlyMayConnect() throws Exception {
        open(List.of(listening().fd().intValue()));

        assertThat(Files.getPosixFilePermissions(path()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void isFoundAgainIfTheNewProcessEndsBeforeItListens() throws Exception {
        open(List.of(listening().fd().intValue()));
        find().close();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            find();
            return true;
        });
        assertThat(released).hasValue(0);
    }

    @Test
    void isReplacedByOneAtATimeAndOnce() throws Exception {
        open(List.of(listening().fd().intValue()));
        Predecessor first = find();

        assertThatThrownBy(this::find).hasMessageContaining("another process is replacing it");
        first.release();
        assertThatThrownBy(this::find).hasMessageContaining("another process has replaced it");
        assertThat(released).hasValue(1);
    }

    @Test
    void thereIsNobodyWithoutAFileOrWithOneThatWasLeft() throws Exception {
        assertThat(Predecessor.find(path())).isEmpty();
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path()));
        }
        assertThat(path()).exists();

        assertThat(Predecessor.find(path())).isEmpty();
        open(List.of(listening().fd().intValue()));
        assertThat(find().descriptors()).hasSize(1);
    }

    @Test
    void refusesAProcessThatListensNowhere() throws Exception {
        open(List.of());

        assertThatThrownBy(this::find)
                .isInstanceOf(HandoverException.class)
                .hasMessageContaining("it listens nowhere")
                .hasMessageContaining(path().toString());
    }

    @Test
    void refusesAProcessWithTooManySockets() throws Exception {
        open(Collections.nCopies(HandoverMessages.MOST_SOCKETS + 1, 1));

        assertThatThrownBy(this::find).hasMessageContaining("it has too many listening sockets");
    }

    @Test
    void refusesWhoDoesNotSpeakItsProtocol() throws Exception {
        open(List.of(listening().fd().intValue()));

        for (String wrong : List.of("GET / HTTP/1.1\n", "taken\n", "send\n")) {
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()));
                    BufferedReader replies = new BufferedReader(Channels.newReader(client, US_ASCII))) {
                client.write(ByteBuffer.wrap(wrong.getBytes(US_ASCII)));

                assertThat(replies.readLine()).startsWith("refused ");
                assertThat(replies.readLine()).isNull();
            }
        }
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            client.write(ByteBuffer.wrap("x".repeat(5000).getBytes(US_ASCII)));
            assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        assertThat(find().descriptors()).hasSize(1);
        assertThat(released).hasValue(0);
    }

    /** What a process in our place may send, and the words with which it is reported. */
    static Stream<Arguments> wrongReplies() {
        return Stream.of(
                Arguments.of("220 hello\n", "does not follow the handover protocol"),
                Arguments.of("sockets 1025\n", "does not follow the handover protocol"),
                Arguments.of("sockets many\n", "does not follow the handover protocol"),
                Arguments.of("refused it is busy\n", "cannot be replaced: it is busy"),
                Arguments.of("x".repeat(2000), "a line that does not end"),
                Arguments.of("sockets", "has closed the connection"),
                Arguments.of("", "has closed the connection"));
    }

    @ParameterizedTest
    @MethodSource("wrongReplies")
    void reportsAProcessThatSpeaksAnotherProtocol(String reply, String reported) throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path()));
            Thread speaker = new Thread(() -> {
                try (SocketChannel accepted = other.accept()) {
                    accepted.read(ByteBuffer.allocate(100));
                    accepted.write(ByteBuffer.wrap(reply.getBytes(US_ASCII)));
                } catch (IOException expected) {
                    // The other end has closed.
                }
            });
            speaker.start();

            assertThatThrownBy(() -> Predecessor.find(path()))
                    .isInstanceOf(HandoverException.class)
                    .hasMessageContaining(reported);
            speaker.join();
        }
    }

    /** A descriptor that is announced and does not come, and a last word that is another. */
    @Test
    void reportsAProcessThatLeavesInTheMiddle() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path()));
            Thread speaker = new Thread(() -> {
                try (SocketChannel accepted = other.accept()) {
                    accepted.read(ByteBuffer.allocate(100));
                    accepted.write(ByteBuffer.wrap("sockets 1\n".getBytes(US_ASCII)));
                    accepted.read(ByteBuffer.allocate(100));
                } catch (IOException expected) {
                    // The other end has closed.
                }
            });
            speaker.start();

            assertThatThrownBy(() -> Predecessor.find(path()))
                    .isInstanceOf(HandoverException.class)
                    .hasMessageContaining("has closed the connection");
            speaker.join();
        }
    }

    @Test
    void reportsAnotherLastWord() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path()));
            Thread speaker = new Thread(() -> {
                try (SocketChannel accepted = other.accept()) {
                    accepted.read(ByteBuffer.allocate(100));
                    accepted.write(ByteBuffer.wrap("sockets 0\n".getBytes(US_ASCII)));
                    BufferedReader lines = new BufferedReader(Channels.newReader(accepted, US_ASCII));
                    assertThat(lines.readLine()).isEqualTo("send");
                    assertThat(lines.readLine()).isEqualTo("taken");
                    accepted.write(ByteBuffer.wrap("later\n".getBytes(US_ASCII)));
                } catch (IOException expected) {
                    // The other end has closed.
                }
            });
            speaker.start();

            assertThatThrownBy(() -> find().release()).hasMessageContaining("received later");
            speaker.join();
        }
    }

    @Test
    void aDirectoryThatIsMissingIsAnError() {
        assertThatThrownBy(() -> HandoverServer.open(folder.resolve("none/h.sock"), new HandoverServer.Running() {
                    @Override
                    public List<Integer> descriptors() {
                        return List.of();
                    }

                    @Override
                    public void release() {}
                }))
                .isInstanceOf(HandoverException.class)
                .hasMessageContaining("its directory is missing");
    }

    @Test
    void aFileThatIsNoSocketIsNotReplaced() throws Exception {
        Files.writeString(path(), "mine");

        assertThatThrownBy(() -> open(List.of(1)))
                .isInstanceOf(HandoverException.class)
                .hasMessageContaining("no socket");
        assertThat(path()).hasContent("mine");
    }

    @Test
    void removesItsFileAndLeavesThatOfTheNewProcess() throws Exception {
        HandoverServer old = open(List.of(listening().fd().intValue()));
        old.stopListening();
        assertThat(path()).doesNotExist();
        HandoverServer next = open(List.of(listening().fd().intValue()));

        old.close();

        assertThat(path()).exists();
        assertThat(Optional.of(find())).isPresent();
        next.close();
        assertThat(path()).doesNotExist();
    }
}
