package io.ftpalg.examples;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** In front of one server: only some users may change anything there. */
public final class FilterByUser {
    private static final Set<FtpVerb> CHANGES = Set.of(
            FtpVerb.STOR,
            FtpVerb.STOU,
            FtpVerb.APPE,
            FtpVerb.DELE,
            FtpVerb.MKD,
            FtpVerb.RMD,
            FtpVerb.RNFR,
            FtpVerb.RNTO);

    private FilterByUser() {}

    /** Runs it until the process is stopped: LISTEN_PORT SERVER_HOST SERVER_PORT USER ... */
    public static void main(String[] args) {
        FtpAlg gateway = gateway(
                new InetSocketAddress(Integer.parseInt(args[0])),
                new HostPort(args[1], Integer.parseInt(args[2])),
                Set.copyOf(List.of(args).subList(3, args.length)));
        gateway.start().toCompletableFuture().join();
        System.out.println("listening on " + gateway.boundAddresses());
        gateway.ended().toCompletableFuture().join();
    }

    // snippet: gateway
    static FtpAlg gateway(InetSocketAddress listen, HostPort server, Set<String> writers) {
        CommandFilter readOnly = CommandFilter.withSession(
                (command, session) -> CHANGES.contains(command.verb().standard())
                                && session.user().filter(writers::contains).isEmpty()
                        ? new Verdict.Refuse(FtpReply.of(550, "Permission denied."))
                        : Verdict.allow());
        return FtpAlg.builder()
                .listen(listen)
                .router(Routers.fixed(server, ServerDataMode.CLIENT, Optional.empty()))
                .filter(CommandFilter.safeSite().and(readOnly))
                .build();
    }
    // end
}
