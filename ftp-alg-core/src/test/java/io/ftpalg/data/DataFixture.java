package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One event loop with its data channels, raw sockets as peers, and the proof that nothing is left over. */
public final class DataFixture implements AutoCloseable {
    public static final InetAddress LOCALHOST = IpLiteral.of(new byte[] {127, 0, 0, 1});
    public static final PassivePorts ANY = PassivePorts.ephemeral();
    public static final Duration SECONDS = Duration.ofSeconds(8);

    public final EventLoop loop;
    public final PassivePorts ports;
    public final DataChannels channels;
    private final MultiThreadIoEventLoopGroup group;
    private final Queue<Channel> seen = new ConcurrentLinkedQueue<>();

    public DataFixture(Kind kind) {
        this(kind, PassivePorts.ephemeral());
    }

    public DataFixture(Kind kind, PassivePorts ports) {
        this(kind, ports, 64 << 20);
    }

    public DataFixture(Kind kind, PassivePorts ports, long relayMemory) {
        this.group = new MultiThreadIoEventLoopGroup(1, kind.handlers());
        this.loop = group.next();
        this.ports = ports;
        DataTransport transport = kind.transport();
        this.channels = new DataChannels(
                loop,
                new DataTransport(() -> seen(transport.sockets().newChannel()), () -> listener(transport)),
                kind == Kind.SPLICE,
                relayMemory);
    }

    public static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    public static RelayPlan plan(RelayPlan.Flow flow) {
        return new RelayPlan(flow, Duration.ofSeconds(30), 256 << 10, Duration.ofSeconds(5));
    }

    public <T> T call(Callable<T> task) {
        try {
            return loop.submit(task).get(8, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public void run(Runnable task) {
        boolean done = call(() -> {
            task.run();
            return true;
        });
        assertThat(done).isTrue();
    }

    public DataLeg listen(RecordingListener legListener) {
        return call(() -> channels.listen(ListenRequest.of(LOCALHOST, ANY, LOCALHOST, 16), legListener));
    }

    public DataLeg listen(InetAddress admitted, OptionalInt port, RecordingListener legListener) {
        return call(() -> channels.listen(
                new ListenRequest(LOCALHOST, ANY, admitted, DataPeers.SAME, 3, port, PacketMarks.NONE), legListener));
    }

    public DataLeg listenInRange(InetAddress client, RecordingListener legListener) {
        return call(() -> channels.listen(ListenRequest.of(LOCALHOST, ports, client, 3), legListener));
    }

    public DataLeg dial(InetSocketAddress remote, RecordingListener legListener) {
        return call(() -> channels.dial(new DialRequest(remote, Optional.empty(), SECONDS), legListener));
    }

    /** A connected leg that was listened for, and the peer's end. */
    public Wire listened() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = listen(legListener);
        Socket peer = new Socket();
        peer.connect(legListener.listening());
        legListener.connected();
        return new Wire(leg, peer);
    }

    /** A connected leg that was dialled, and the peer's end. */
    public Wire dialled() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOCALHOST)) {
            RecordingListener legListener = new RecordingListener();
            DataLeg leg = dial((InetSocketAddress) server.getLocalSocketAddress(), legListener);
            Socket peer = server.accept();
            legListener.connected();
            return new Wire(leg, peer);
        }
    }

    /** The gateway's end of a connection, unless it is a raw socket. */
    public Optional<SocketChannel> channel(Wire wire) {
        return seen.stream()
                .filter(SocketChannel.class::isInstance)
                .map(SocketChannel.class::cast)
                .filter(socket -> socket.remoteAddress() != null
                        && socket.remoteAddress().getPort() == wire.peer().getLocalPort())
                .findAny();
    }

    public Joined join(Wire client, Wire server, RelayPlan plan) {
        CompletableFuture<RelayResult> result = new CompletableFuture<>();
        DataRelay relay = call(() -> channels.relay(client.leg(), server.leg(), plan, end -> {
            assertThat(result.complete(end)).as("ends once").isTrue();
        }));
        return new Joined(relay, result);
    }

    /** Lets the loop see what the peers just did: loopback delivers at once, and a dialled leg comes back in later turns. */
    public void awaitTheLoop() throws IOException {
        for (int i = 0; i < 3; i++) {
            Wire wire = dialled();
            run(wire.leg()::close);
            assertThat(wire.readAll()).isEmpty();
            wire.peer().close();
        }
    }

    /** How many channels are open, those that were accepted too. */
    public long open() {
        int raw = loop.isShuttingDown() ? channels.openRawSockets() : call(channels::openRawSockets);
        return raw + seen.stream().filter(Channel::isOpen).count();
    }

    private <T extends Channel> T seen(T channel) {
        seen.add(channel);
        return channel;
    }

    private ServerSocketChannel listener(DataTransport transport) {
        ServerSocketChannel listener = seen(transport.listeners().newChannel());
        listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                seen.add((Channel) msg);
                ctx.fireChannelRead(msg);
            }
        });
        return listener;
    }

    public void awaitNothingLeft() {
        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(open()).as("channels").isZero();
            assertThat(ports.leased()).as("leases").isZero();
        });
    }

    /** Ends the event loop as a stop of the gateway would. */
    public void stop() {
        assertThat(group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
    }

    @Override
    public void close() {
        if (!group.isShuttingDown()) {
            awaitNothingLeft();
        }
        stop();
    }

    /** A leg and its peer. */
    public record Wire(DataLeg leg, Socket peer) {

        public Wire {
            setNoDelay(peer);
        }

        public void send(byte[] bytes) throws IOException {
            peer.getOutputStream().write(bytes);
        }

        public void fin() throws IOException {
            peer.shutdownOutput();
        }

        public void rst() throws IOException {
            peer.setSoLinger(true, 0);
            peer.close();
        }

        public byte[] readAll() throws IOException {
            return peer.getInputStream().readAllBytes();
        }

        private static void setNoDelay(Socket peer) {
            try {
                peer.setTcpNoDelay(true);
                peer.setSoTimeout(8_000);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A relay and its result to come. */
    public record Joined(DataRelay relay, CompletableFuture<RelayResult> future) {

        public RelayResult result() {
            return RecordingListener.soon(future);
        }
    }
}
