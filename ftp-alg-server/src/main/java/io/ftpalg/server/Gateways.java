package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.tls.TlsConfigException;
import io.netty.channel.IoEventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The gateways of one program, one for each listener of its settings, on event loops that they share: started all or none,
 * and stopped together. Owned by the main thread, stopped by any.
 */
final class Gateways implements AutoCloseable {
    private final List<FtpAlg> gateways;
    private final IoEventLoopGroup loops;

    private Gateways(List<FtpAlg> gateways, IoEventLoopGroup loops) {
        this.gateways = List.copyOf(gateways);
        this.loops = loops;
    }

    /** Returns the gateways of these settings, not yet started. Reads the files of TLS. */
    static Gateways of(List<Settings> all) throws TlsConfigException {
        TransportType transport = all.get(0).transport();
        IoEventLoopGroup loops = FtpAlg.newEventLoops(transport);
        List<FtpAlg> made = new ArrayList<>();
        try {
            for (Settings settings : all) {
                made.add(settings.gateway(loops));
            }
            return new Gateways(made, loops);
        } finally {
            if (made.size() < all.size()) {
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Opens all listeners and waits until they are open; if one cannot be opened, all are closed again. */
    void start() throws ExecutionException, InterruptedException {
        try {
            for (FtpAlg gateway : gateways) {
                gateway.start().toCompletableFuture().get();
            }
        } catch (ExecutionException e) {
            close();
            throw e;
        }
    }

    /** Returns the addresses that each listens on. */
    List<List<InetSocketAddress>> boundAddresses() {
        return gateways.stream().map(FtpAlg::boundAddresses).toList();
    }

    /** Returns how many sessions are live. */
    int sessions() {
        return gateways.stream().mapToInt(FtpAlg::sessions).sum();
    }

    /** Stops all; completes when no session is left and the event loops have ended. */
    CompletableFuture<Void> stop(Duration grace) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture.allOf(gateways.stream().map(gateway -> gateway.stop(grace).toCompletableFuture())
                .toArray(CompletableFuture[]::new)).whenComplete((none, error) ->
                        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> ended.complete(null)));
        return ended;
    }

    /** Stops all without grace and waits until they have. */
    @Override
    public void close() {
        stop(Duration.ZERO).join();
    }
}
