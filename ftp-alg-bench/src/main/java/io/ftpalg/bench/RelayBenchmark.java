package io.ftpalg.bench;

import io.ftpalg.data.DataChannels;
import io.ftpalg.policy.Limits;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * Downloads through the relay over loopback, connections included, on one event loop; so many at a time are one operation.
 * {@code bytes} is how many a second. Longer ones on demand: {@code -p size=1073741824}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RelayBenchmark {
    private static final long TRANSFER_SECONDS = 60;

    /** How bytes are moved. */
    @Param
    public RelayKind relay = RelayKind.EPOLL_SPLICE;

    /** How large each file is. */
    @Param({"1024", "65536", "10485760"})
    public long size;

    /** How many transfers at a time. */
    @Param({"1", "16"})
    public int streams;

    private @Nullable Bench bench;

    /** What is there for a trial. */
    private record Bench(MultiThreadIoEventLoopGroup group, EventLoop loop, DataChannels channels, RelayPeers peers) {}

    /** Counts bytes beside operations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Moved {
        /** Bytes that reached a client. */
        public long bytes;
    }

    /** Opens the loop and the peers. */
    @Setup
    public void open() throws IOException {
        var group = new MultiThreadIoEventLoopGroup(1, relay.loops());
        EventLoop loop = group.next();
        bench = new Bench(
                group,
                loop,
                new DataChannels(
                        loop,
                        relay.transport(),
                        relay.zeroCopy(),
                        Limits.defaults().relayMemory()),
                new RelayPeers(size));
    }

    /** Closes both. */
    @TearDown
    public void close() throws IOException {
        Bench used = bench;
        if (used != null) {
            used.peers.close();
            used.loop.execute(used.channels::close);
            used.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** So many transfers at a time, to the end of the last. */
    @Benchmark
    public void download(Moved moved) throws Exception {
        Bench used = bench;
        if (used == null) {
            throw new IllegalStateException("not set up");
        }
        var transfers = Stream.generate(() -> new Download(used.channels, used.peers, used.loop, Download.IN_THE_CLEAR))
                .limit(streams)
                .map(Download::start)
                .toList();
        for (CompletableFuture<Long> transfer : transfers) {
            moved.bytes += checked(transfer);
        }
    }

    private long checked(CompletableFuture<Long> transfer) throws Exception {
        try {
            long came = transfer.get(TRANSFER_SECONDS, TimeUnit.SECONDS);
            if (came != size) {
                throw new IllegalStateException(came + " bytes came, not " + size);
            }
            return came;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transfer failed", e);
        }
    }
}
