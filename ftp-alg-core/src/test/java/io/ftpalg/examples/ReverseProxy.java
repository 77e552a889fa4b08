package io.ftpalg.examples;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** In front of one server: files can be read and written, not deleted, and each transfer is reported. */
public final class ReverseProxy {
    private ReverseProxy() {}

    /** Runs it until the process is stopped: LISTEN_PORT SERVER_HOST SERVER_PORT. */
    public static void main(String[] args) {
        FtpAlg gateway = gateway(
                new InetSocketAddress(Integer.parseInt(args[0])), new HostPort(args[1], Integer.parseInt(args[2])));
        gateway.start().toCompletableFuture().join();
        System.out.println("listening on " + gateway.boundAddresses());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> gateway.stop(Duration.ofSeconds(30))
                .toCompletableFuture()
                .join()));
        gateway.ended().toCompletableFuture().join();
    }

    // snippet: gateway
    static FtpAlg gateway(InetSocketAddress listen, HostPort server) {
        return FtpAlg.builder()
                .listen(listen)
                .router(Routers.fixed(server, ServerDataMode.CLIENT, Optional.empty()))
                .limits(Limits.builder().idleTimeout(Duration.ofMinutes(10)).build())
                .filter(CommandFilter.safeSite().and(CommandFilter.deny(Set.of(FtpVerb.DELE, FtpVerb.RMD))))
                .listener(new AlgListener() {
                    @Override
                    public void transferFinished(TransferFinished t) {
                        System.out.println(t.verb() + " " + t.path() + " " + t.end());
                    }
                })
                .build();
    }
    // end
}
