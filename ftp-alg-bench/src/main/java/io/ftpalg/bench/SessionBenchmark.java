package io.ftpalg.bench;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionSettings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** What a session thinks, without sockets: one command that is rewritten, and one that only passes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionBenchmark {
    private static final FtpCommand PASV = FtpCommand.of("PASV", "");
    private static final FtpCommand NOOP = FtpCommand.of("NOOP", "");

    private final AnsweringPort port = new AnsweringPort();
    private final FtpSession session = new FtpSession(
            1,
            AnsweringPort.CLIENT,
            AnsweringPort.GATEWAY,
            SessionSettings.of(
                    Routers.fixed(
                            new HostPort(AnsweringPort.SERVER.getHostString(), AnsweringPort.SERVER.getPort()),
                            ServerDataMode.CLIENT,
                            Optional.empty()),
                    CommandFilter.safeSite(),
                    new AlgListener() {},
                    Limits.defaults(),
                    DataConnect.EARLY),
            port);

    /** Logs in. */
    @Setup
    public void logIn() {
        port.session(session);
        session.start();
        port.settle();
        session.onClientRequest(FtpCommand.of("USER", "bench"));
        port.settle();
        session.onClientRequest(FtpCommand.of("PASS", "bench"));
        port.settle();
    }

    /** PASV to the server, its 227, the dial to the server, a port for the client, and the 227 that names it. */
    @Benchmark
    public int pasv() {
        session.onClientRequest(PASV);
        port.settle();
        return port.lastCode();
    }

    /** A command there and its reply back. */
    @Benchmark
    public int noop() {
        session.onClientRequest(NOOP);
        port.settle();
        return port.lastCode();
    }
}
