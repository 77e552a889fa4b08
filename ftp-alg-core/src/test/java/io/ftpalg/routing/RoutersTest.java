package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginTarget;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutersTest {
    private static final NameResolver NO_LOOKUP = host -> {
        throw new AssertionError("looked up " + host);
    };

    @Test
    void fixedGoesToALiteralAtOnce() {
        Router router =
                Routers.fixed(new HostPort("127.0.0.2", 2121), ServerDataMode.PASSIVE, Optional.of(ip("127.0.0.3")));

        CompletionStage<Route> route = router.route(request(""), NO_LOOKUP);

        assertThat(router.needsLogin()).isFalse();
        assertThat(route.toCompletableFuture())
                .isCompletedWithValue(Route.to(at("127.0.0.2", 2121))
                        .withDataMode(ServerDataMode.PASSIVE)
                        .withSockets(SocketSettings.from(Optional.of(ip("127.0.0.3")))));
    }

    @Test
    void originalDestinationGoesWhereTheClientConnectedTo() {
        Router router = Routers.originalDestination(
                TargetRules.of(List.of(TargetRule.parse("10.0.0.0/8").orElseThrow())),
                ServerDataMode.PASSIVE,
                ServerTls.OFF);
        RouteRequest request = request("").withOriginalDestination(Optional.of(at("10.1.2.3", 990)));

        CompletionStage<Route> route = router.route(request, NO_LOOKUP);

        assertThat(router.needsLogin()).isFalse();
        assertThat(router.takesTargets()).isFalse();
        assertThat(addresses(route.toCompletableFuture().join())).containsExactly(at("10.1.2.3", 990));
        assertThat(route.toCompletableFuture().join().dataMode()).isEqualTo(ServerDataMode.PASSIVE);
    }

    /** A1: without rules it is any public server on port 21. */
    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 21, true",
        "198.51.100.1, 990, false",
        "198.51.100.1, 22, false",
        "10.0.0.1, 21, false",
        "127.0.0.1, 21, false",
        "169.254.169.254, 21, false",
        "2a00::1, 21, true",
        "fe80::1, 21, false",
        "fd00::1, 21, false",
        "64:ff9b::7f00:1, 21, false"
    })
    void originalDestinationIsAPublicServerByDefault(String host, int port, boolean allowed) {
        Router router = Routers.originalDestination(TargetRules.PUBLIC);
        RouteRequest request = request("").withOriginalDestination(Optional.of(at(host, port)));

        CompletionStage<Route> route = router.route(request, NO_LOOKUP);

        if (allowed) {
            assertThat(addresses(route.toCompletableFuture().join())).containsExactly(at(host, port));
        } else {
            assertThat(route.toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(RouteRefusedException.class);
        }
    }

    @Test
    void originalDestinationRefusesWhoConnectedToTheGateway() {
        Router router = Routers.originalDestination(TargetRules.PUBLIC);

        assertThat(router.route(request(""), NO_LOOKUP).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RouteRefusedException.class);
    }

    @Test
    void fixedLooksANameUpOnceASession() {
        Router router = Routers.fixed(new HostPort("ftp.example.com", 21), ServerDataMode.CLIENT, Optional.empty());
        Answers resolver = new Answers(List.of(ips("2a00::1", "10.0.0.1"), ips("10.0.0.2")));

        Route first = router.route(request(""), resolver).toCompletableFuture().join();
        Route second = router.route(request(""), resolver).toCompletableFuture().join();

        assertThat(addresses(first)).containsExactly(at("2a00::1", 21), at("10.0.0.1", 21));
        assertThat(addresses(second)).containsExactly(at("10.0.0.2", 21));
        assertThat(resolver.asked).containsExactly("ftp.example.com", "ftp.example.com");
    }

    @Test
    void failsAsTheLookupFails() {
        UnknownHostException unknown = new UnknownHostException("ftp.example.com");
        NameResolver plain = host -> CompletableFuture.failedStage(unknown);
        NameResolver wrapping = host ->
                CompletableFuture.<List<InetAddress>>failedFuture(unknown).thenApply(x -> x);
        Router fixed = Routers.fixed(new HostPort("ftp.example.com", 21), ServerDataMode.CLIENT, Optional.empty());

        assertThat(failure(fixed.route(request(""), plain))).isSameAs(unknown);
        assertThat(failure(fixed.route(request(""), wrapping))).isSameAs(unknown);
        assertThat(failure(forward("ftp.example.com").route(request("ann@ftp.example.com"), wrapping)))
                .isSameAs(unknown);
        assertThat(failure(fixed.route(request(""), host -> CompletableFuture.completedStage(List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forwardGoesWhereTheLoginSays() {
        Router router = forward("127.0.0.2:2121");

        CompletionStage<Route> route = router.route(request("a@b.c@127.0.0.2:2121"), NO_LOOKUP);

        assertThat(router.needsLogin()).isTrue();
        assertThat(route.toCompletableFuture())
                .isCompletedWithValue(Route.to(at("127.0.0.2", 2121)).withUser(Optional.of("a@b.c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "ann@", "x\ny@127.0.0.2", "ann@127.1", "ann@2130706433", "ann@0x7f.1"})
    void forwardRefusesALoginThatNamesNoServer(String login) {
        CompletionStage<Route> route = forward("127.0.0.0/8", "0.0.0.0/0").route(request(login), NO_LOOKUP);

        assertThat(failure(route)).isInstanceOf(RouteRefusedException.class).hasMessage("the login names no server");
    }

    /** What the proxy looks up nobody can judge here; an address is judged as ever. */
    @ParameterizedTest
    @CsvSource({
        "a@ftp.example.com, ftp.example.com, true",
        "a@ftp.example.com, *.example.com, true",
        "a@ftp.example.com, 0.0.0.0/0, false",
        "a@ftp.example.com:80, *.example.com, false",
        "a@localhost, 127.0.0.0/8, false",
        "a@8.8.8.8, 0.0.0.0/0, true",
        "a@10.0.0.1, 0.0.0.0/0, false",
        "a@127.0.0.1, *.example.com, false",
    })
    void forwardThroughAProxyAllowsANameByNameAndAnAddressByAddress(String login, String rule, boolean allowed) {
        Via via = new Via(List.of(TunnelProxy.of(TunnelProxy.Protocol.SOCKS5, new HostPort("proxy", 1080))));
        Router router = Routers.forward(
                TargetRules.of(List.of(TargetRule.parse(rule).orElseThrow())),
                ServerDataMode.CLIENT,
                Optional.empty(),
                ServerTls.OFF,
                via);

        CompletionStage<Route> route = router.route(request(login), NO_LOOKUP);

        if (allowed) {
            assertThat(route.toCompletableFuture().join().servers().get(0).via())
                    .isEqualTo(via);
        } else {
            assertThat(failure(route)).isInstanceOf(RouteRefusedException.class);
        }
    }

    @Test
    void originalDestinationThroughAProxyIsAnAddress() {
        Via via = new Via(List.of(TunnelProxy.of(TunnelProxy.Protocol.SOCKS5, new HostPort("proxy", 1080))));
        Router router = Routers.originalDestination(
                TargetRules.of(List.of(TargetRule.parse("10.0.0.0/8").orElseThrow())),
                ServerDataMode.CLIENT,
                ServerTls.OFF,
                via);

        Route route = router.route(request("").withOriginalDestination(Optional.of(at("10.1.2.3", 21))), NO_LOOKUP)
                .toCompletableFuture()
                .join();

        assertThat(route.servers().get(0).addresses()).containsExactly(at("10.1.2.3", 21));
        assertThat(route.servers().get(0).via()).isEqualTo(via);
    }

    @Test
    void forwardRefusesWithoutALogin() {
        RouteRequest request = RouteRequest.of(at("127.0.0.1", 40000), at("127.0.0.3", 21));

        assertThat(failure(forward("0.0.0.0/0").route(request, NO_LOOKUP))).isInstanceOf(RouteRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@169.254.169.254:80",
                "a@169.254.169.254",
                "a@[::ffff:127.0.0.1]:22",
                "a@[::ffff:127.0.0.1]",
                "a@127.0.0.1",
                "a@[::1]",
                "a@[::]",
                "a@0.0.0.0",
                "a@10.0.0.1",
                "a@192.168.0.1",
                "a@[64:ff9b::7f00:1]",
                "a@[2002:7f00:1::]",
                "a@[::127.0.0.1]",
                "a@[fd00::1]",
                "a@224.0.0.1",
                "a@255.255.255.255",
                "a@1.1.1.1:22"
            })
    void forwardRefusesReservedTargetsAndPortsUnderAnOpenRule(String login) {
        CompletionStage<Route> route = forward("0.0.0.0/0", "[::/0]").route(request(login), NO_LOOKUP);

        assertThat(failure(route)).isInstanceOf(RouteRefusedException.class).hasMessageStartingWith("target ");
    }

    @ParameterizedTest
    @CsvSource({"localhost., localhost", "localhost, localhost", "rebind.example.com, *.example.com"})
    void forwardRefusesANameThatLeadsBackHere(String host, String rule) {
        Answers resolver = new Answers(List.of(ips("127.0.0.1")));

        assertThat(failure(forward(rule).route(request("a@" + host), resolver)))
                .isInstanceOf(RouteRefusedException.class);
        assertThat(resolver.asked).containsExactly(host);
    }

    @Test
    void forwardDialsTheCheckedAddressOfANameThatFlips() {
        Answers resolver = new Answers(List.of(ips("1.1.1.1"), ips("127.0.0.1")));

        CompletionStage<Route> route = forward("*.example.com").route(request("a@rebind.example.com"), resolver);

        assertThat(addresses(route.toCompletableFuture().join())).containsExactly(at("1.1.1.1", 21));
        assertThat(resolver.asked).hasSize(1);
    }

    @Test
    void forwardRefusesANameOfWhichOneAddressIsNotAllowed() {
        Answers resolver = new Answers(List.of(ips("1.1.1.1", "127.0.0.1")));

        assertThat(failure(forward("*.example.com").route(request("a@rebind.example.com"), resolver)))
                .isInstanceOf(RouteRefusedException.class);
    }

    @Test
    void forwardLooksUpNothingThatNoRuleCouldAdmit() {
        assertThat(failure(forward().route(request("a@ftp.example.com"), NO_LOOKUP)))
                .isInstanceOf(RouteRefusedException.class);
        assertThat(failure(forward("ftp.example.com", "0.0.0.0/0:990").route(request("a@ftp.example.org"), NO_LOOKUP)))
                .isInstanceOf(RouteRefusedException.class);
    }

    @Test
    void sayWhereTheyLeadForTheLineThatTheGatewayPrintsWhenItIsReady() {
        assertThat(Routers.fixed(new HostPort("::1", 21), ServerDataMode.CLIENT, Optional.empty()))
                .hasToString("[::1]:21");
        assertThat(forward("127.0.0.2:2121")).hasToString("user@host, allowed [127.0.0.2/32:2121]");
    }

    /** Answers each lookup with the next list, and remembers what was asked. */
    private static final class Answers implements NameResolver {
        private final List<List<InetAddress>> answers;
        private final List<String> asked = new ArrayList<>();

        private Answers(List<List<InetAddress>> answers) {
            this.answers = answers;
        }

        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            asked.add(host);
            return CompletableFuture.completedStage(answers.get(asked.size() - 1));
        }
    }

    private static Router forward(String... rules) {
        return Routers.forward(
                TargetRules.of(Stream.of(rules)
                        .map(rule -> TargetRule.parse(rule).orElseThrow())
                        .toList()),
                ServerDataMode.CLIENT,
                Optional.empty());
    }

    private static RouteRequest request(String login) {
        Optional<LoginTarget> named = LoginTarget.parse(login);
        return RouteRequest.of(at("127.0.0.1", 40000), at("127.0.0.3", 21))
                .withUser(named.map(LoginTarget::user))
                .withTarget(named.map(LoginTarget::target));
    }

    private static List<InetSocketAddress> addresses(Route route) {
        return route.servers().get(0).addresses();
    }

    private static Throwable failure(CompletionStage<Route> route) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        route.whenComplete((value, cause) -> failure.complete(cause));
        assertThat(failure).isDone();
        return failure.join();
    }

    private static List<InetAddress> ips(String... texts) {
        return Stream.of(texts).map(RoutersTest::ip).toList();
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(ip(host), port);
    }

    /** A server there waits for TLS, which would never come. */
    @Test
    void forwardRefusesPort990WithoutTlsTowardsServers() {
        TargetRules rules =
                TargetRules.of(List.of(TargetRule.parse("127.0.0.2:990").orElseThrow()));
        RouteRequest request = request("").withTarget(Optional.of(new HostPort("127.0.0.2", 990)));
        Router clear = Routers.forward(rules, ServerDataMode.CLIENT, Optional.empty());
        Router secure = Routers.forward(
                rules, ServerDataMode.CLIENT, Optional.empty(), ServerTls.explicit(ServerTls.Mode.REQUIRED));

        assertThat(clear.mayRoute(request)).isFalse();
        assertThat(failure(clear.route(request, NO_LOOKUP)))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessageContaining("set upstream-tls.mode");
        assertThat(secure.mayRoute(request)).isTrue();
        assertThat(secure.route(request, NO_LOOKUP).toCompletableFuture().join().servers())
                .allMatch(server -> server.tls().implicit());
    }
}
