package io.ftpalg.bench;

import io.ftpalg.data.DataChannels;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.policy.Limits;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One download at a time through the relay under TLS 1.3 over loopback, connections and full handshakes included, on one event
 * loop. The engine is the relay's; its peers use OpenSSL in any case. {@code bytes} is how many a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class TlsRelayBenchmark {
    private static final long TRANSFER_SECONDS = 120;

    /** The system interface. */
    @Param("EPOLL_BUFFER")
    public RelayKind relay = RelayKind.EPOLL_BUFFER;

    /** By what the relay encrypts and decrypts. */
    @Param({"JDK", "OPENSSL"})
    public SslProvider engine = SslProvider.JDK;

    /** Where it does. */
    @Param
    public TlsLegs legs = TlsLegs.BOTH;

    /** How large each file is. */
    @Param({"10485760", "1073741824"})
    public long size;

    private @Nullable Bench bench;

    /** What is there for a trial. */
    private record Bench(
            MultiThreadIoEventLoopGroup group,
            EventLoop loop,
            DataChannels channels,
            DownloadPeers peers,
            RelayPlan plan) {}

    /** Counts bytes beside operations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Moved {
        /** Bytes that reached a client. */
        public long bytes;
    }

    /** Opens the loop and the peers. */
    @Setup
    public void open() {
        BenchTls own = BenchTls.of(engine);
        BenchTls others = BenchTls.of(SslProvider.OPENSSL);
        var group = new MultiThreadIoEventLoopGroup(1, relay.loops());
        EventLoop loop = group.next();
        RelayPlan clear = Download.IN_THE_CLEAR;
        bench = new Bench(
                group,
                loop,
                new DataChannels(
                        loop,
                        relay.transport(),
                        relay.zeroCopy(),
                        Limits.defaults().relayMemory()),
                new TlsRelayPeers(
                        size, relay, when(legs.client(), others.client()), when(legs.server(), others.server())),
                new RelayPlan(
                        clear.flow(),
                        clear.stallTimeout(),
                        clear.buffer(),
                        clear.linger(),
                        clear.until(),
                        when(legs.client(), own.towardsClient()),
                        when(legs.server(), own.towardsServer()),
                        clear.terms()));
    }

    private static <T> Optional<T> when(boolean wanted, T value) {
        return wanted ? Optional.of(value) : Optional.empty();
    }

    /** Closes both. */
    @TearDown
    public void close() throws Exception {
        Bench used = bench;
        if (used != null) {
            used.peers.close();
            used.loop.execute(used.channels::close);
            used.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** One transfer to its end. */
    @Benchmark
    public void download(Moved moved) throws Exception {
        Bench used = bench;
        if (used == null) {
            throw new IllegalStateException("not set up");
        }
        long came = new Download(used.channels, used.peers, used.loop, used.plan)
                .start()
                .get(TRANSFER_SECONDS, TimeUnit.SECONDS);
        if (came != size) {
            throw new IllegalStateException(came + " bytes came, not " + size);
        }
        moved.bytes += came;
    }
}
