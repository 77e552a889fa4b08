package io.ftpalg.examples;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Goes to the server that a login names, for users of its own: {@code USER joe@fw@ftp.example.com} and
 * {@code PASS secret@fwpass} log in at the gateway as fw, and at the server as joe.
 */
public final class ForwardProxy {
    private ForwardProxy() {}

    /** Runs it until the process is stopped: LISTEN_PORT RULE, such as 2121 '*.example.com'. */
    public static void main(String[] args) {
        FtpAlg gateway =
                gateway(new InetSocketAddress(Integer.parseInt(args[0])), args[1], Map.of("fw", Secret.of("fwpass")));
        gateway.start().toCompletableFuture().join();
        System.out.println("listening on " + gateway.boundAddresses());
        gateway.ended().toCompletableFuture().join();
    }

    // snippet: gateway
    static FtpAlg gateway(InetSocketAddress listen, String rule, Map<String, Secret> passwords) {
        TargetRule target = TargetRule.parse(rule)
                .orElseThrow(() -> new IllegalArgumentException("not HOST_OR_CIDR[:PORTS]: " + rule));
        // Asked on an event loop: a directory or a database would be asked on a thread of its own.
        ProxyUsers users =
                (name, password, client) -> CompletableFuture.completedFuture(Optional.ofNullable(passwords.get(name))
                        .filter(password::equals)
                        .map(own -> new ProxyUser(name, Set.of())));
        return FtpAlg.builder()
                .listen(listen)
                .router(Routers.forward(TargetRules.of(List.of(target)), ServerDataMode.CLIENT, Optional.empty()))
                .login(LoginPolicy.DEFAULT.withUsers(users))
                .build();
    }
    // end
}
