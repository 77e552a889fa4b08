package io.ftpalg.server.warmup;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions through a gateway on the event loops of the program, between clients and a server of this process, for a bounded time. That
 * gateway has no log, no metrics and no audit, and the limits of the program do not count its sessions. What goes wrong ends the warm-up,
 * not the program.
 */
public final class WarmUp {
    private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);
    private static final int CLIENTS = 8;
    /** More than the clients can have, however fast they are. */
    private static final int UNLIMITED = 1_000_000;

    private final TransportType transport;
    private final RelayType relay;
    private final IoEventLoopGroup loops;
    private final Optional<WarmUpTls> tls;
    private final LongAdder sessions = new LongAdder();

    /** Makes one that uses the same transport and relay as the program; the kernel's data path is used as splice. */
    public WarmUp(TransportType transport, RelayType relay, IoEventLoopGroup loops, Optional<WarmUpTls> tls) {
        this.transport = transport;
        this.relay = relay == RelayType.KERNEL ? RelayType.AUTO : relay;
        this.loops = loops;
        this.tls = tls;
    }

    /** Runs sessions for this time; blocks. Returns how many were finished. */
    public long run(Duration time) throws InterruptedException {
        return run(time, Long.MAX_VALUE);
    }

    /** Runs at least so many sessions, if they fit into the time. */
    long run(Duration time, long enough) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        try {
            InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            try (LoopbackServer server = LoopbackServer.start(address);
                    FtpAlg gateway = gateway(address, server.address())) {
                InetSocketAddress entry = gateway.boundAddresses().get(0);
                List<Thread> clients = IntStream.range(0, CLIENTS)
                        .mapToObj(i -> LoopbackServer.daemon(() -> sessions(client(entry, i), until, enough)))
                        .toList();
                clients.forEach(Thread::start);
                for (Thread client : clients) {
                    TimeUnit.NANOSECONDS.timedJoin(client, Math.max(1, until - System.nanoTime()));
                }
            }
        } catch (IOException e) {
            logger.warn("warm-up ended early cause={}", String.valueOf(e.getMessage()));
        }
        logger.info("warm-up finished sessions={}", sessions.sum());
        return sessions.sum();
    }

    /** Each second one is under TLS, if the program uses it: the others continue if that fails. */
    private LoopbackClient client(InetSocketAddress entry, int index) {
        return new LoopbackClient(entry, index % 2 == 0 ? Optional.empty() : tls.map(WarmUpTls::client));
    }

    private void sessions(LoopbackClient client, long until, long enough) {
        try {
            while (System.nanoTime() - until < 0 && sessions.sum() < enough) {
                client.session();
                sessions.increment();
            }
        } catch (IOException e) {
            // At the end of the time all connections are closed.
            if (System.nanoTime() - until < 0) {
                logger.warn("warm-up client ended cause={}", String.valueOf(e.getMessage()));
            }
        }
    }

    private FtpAlg gateway(InetAddress address, InetSocketAddress server) throws IOException, InterruptedException {
        FtpAlgBuilder builder = FtpAlg.builder()
                .listen(new InetSocketAddress(address, 0))
                .router(Routers.fixed(
                        new HostPort(server.getAddress().getHostAddress(), server.getPort()),
                        ServerDataMode.CLIENT,
                        Optional.of(address),
                        ServerTls.OFF))
                .limits(Limits.builder()
                        .sessionsPerAddress(UNLIMITED)
                        .newSessionsPerSecond(UNLIMITED)
                        .build())
                .transport(transport)
                .relay(relay)
                .eventLoops(loops);
        tls.ifPresent(used -> builder.clientTls(ClientTls.OPTIONAL, used.gateway()));
        FtpAlg gateway = builder.build();
        try {
            return gateway.start().toCompletableFuture().get();
        } catch (ExecutionException e) {
            gateway.close();
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
