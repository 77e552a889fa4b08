package io.ftpalg.bench;

import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.LiveSession;
import io.ftpalg.control.shared.SessionCounts;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.PortRanges;
import io.ftpalg.policy.Limit.Count;
import io.ftpalg.policy.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one session does to the state that all event loops share, each part alone and all together. What is guarded by one lock bounds the
 * sessions a second of any number of event loops: the time of one thread is the least that each session keeps all others out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SharedStateBenchmark {
    private final SharedGatewayState shared = new SharedGatewayState();
    private final Sessions sessions = new Sessions(shared);
    private final Admission admission = new Admission(
            Limits.builder()
                    .set(Count.SESSIONS_PER_ADDRESS, 1_000_000)
                    .set(Count.NEW_SESSIONS_PER_SECOND, 1_000_000)
                    .build(),
            new SessionCounts(),
            shared);
    private final PortRanges ports = new PortRanges(PassivePorts.ephemeral(), 50);
    private final AtomicInteger loops = new AtomicInteger();

    /** One event loop with clients that no other has. */
    @State(Scope.Thread)
    public static class Loop {
        private final InetSocketAddress[] clients = new InetSocketAddress[256];
        private int turn;
        private InetSocketAddress ownEnd = new InetSocketAddress(0);
        private InetSocketAddress port = ownEnd;

        /** Makes the addresses. */
        @Setup
        public void address(SharedStateBenchmark all) throws UnknownHostException {
            byte number = (byte) all.loops.incrementAndGet();
            for (int i = 0; i < clients.length; i++) {
                clients[i] =
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, number, (byte) i}), 1024);
            }
            ownEnd = new InetSocketAddress(clients[0].getAddress(), 1025);
            port = new InetSocketAddress(clients[0].getAddress(), 1026);
        }

        InetSocketAddress nextClient() {
            return clients[turn++ & 255];
        }
    }

    /** A session of which nothing is asked. */
    private static final class Idle implements LiveSession {
        @Override
        public void shutdown() {}

        @Override
        public void shutdownNow() {}
    }

    /** The counts of sessions, in all and by address: one lock. */
    @Benchmark
    public boolean counts(Loop loop) {
        InetSocketAddress client = loop.nextClient();
        boolean admitted = admission.enter(client, System.nanoTime()).isEmpty();
        admission.leave(client);
        return admitted;
    }

    /** The set of live sessions and the count of clients: concurrent, and one lock. */
    @Benchmark
    public long sessions(Loop loop) {
        sessions.enter();
        Idle session = new Idle();
        long id = sessions.nextId();
        sessions.add(session);
        sessions.remove(session);
        sessions.leave();
        return id;
    }

    /** The gateway's ends of control connections: concurrent. */
    @Benchmark
    public void ownEnds(Loop loop) {
        admission.connected(loop.ownEnd);
        admission.disconnected(loop.ownEnd);
    }

    /** The open data ports: concurrent. */
    @Benchmark
    public void ports(Loop loop) {
        ports.opened(loop.port);
        ports.closed(loop.port);
    }

    /** All of it, as a session with one transfer. */
    @Benchmark
    public long session(Loop loop) {
        counts(loop);
        ownEnds(loop);
        ports(loop);
        return sessions(loop);
    }
}
