package io.ftpalg.bench;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to rewrite one data port. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DataSyntaxBenchmark {
    private final InetAddress peer = InetAddress.getLoopbackAddress();
    private final InetSocketAddress address = new InetSocketAddress(peer, 50_123);
    private final String pasvReply = DataSyntax.PASV.format(address);
    private final String epsvReply = DataSyntax.EPSV.format(address);

    /** Reads {@code 227 Entering Passive Mode (127,0,0,1,195,203).} */
    @Benchmark
    public InetSocketAddress parse227() throws DataSyntaxException {
        return DataSyntax.PASV.parse(pasvReply, peer);
    }

    /** Writes it. */
    @Benchmark
    public String format227() {
        return DataSyntax.PASV.format(address);
    }

    /** Reads {@code 229 Entering Extended Passive Mode (|||50123|)}. */
    @Benchmark
    public InetSocketAddress parse229() throws DataSyntaxException {
        return DataSyntax.EPSV.parse(epsvReply, peer);
    }
}
