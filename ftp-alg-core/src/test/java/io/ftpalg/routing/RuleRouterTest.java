package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RuleRouterTest {
    private static final RouteRequest BARE = Names.from("10.1.2.3");
    private static final RouteRequest ANN = BARE.withUser(Optional.of("ann"));
    private static final RouteRequest ANN_AT = ANN.withTarget(Optional.of(Names.server("127.0.0.9")));

    private final List<String> lives = new ArrayList<>();
    private final Router a = new To("127.0.0.1");
    private final Router b = new To("127.0.0.2");
    private final Router forward = Routers.forward(
            TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8").orElseThrow())),
            ServerDataMode.CLIENT,
            Optional.empty());

    @Test
    void theFirstRuleThatMatchesDecides() {
        RuleRouter router = router(rule(users("bob"), a), rule(users("a*"), b), rule(RouteMatch.ALL, a));

        assertThat(host(router, ANN)).isEqualTo("127.0.0.2");
        assertThat(host(router, BARE.withUser(Optional.of("zoe")))).isEqualTo("127.0.0.1");
    }

    @Test
    void refusesWhatNoRuleMatches() {
        assertThatThrownBy(() -> host(router(rule(users("bob"), a)), ANN))
                .hasCauseInstanceOf(RouteRefusedException.class)
                .hasMessageContaining("no route");
    }

    @Test
    void waitsForTheLoginIfARuleOrARouterAsksForIt() {
        assertThat(router(rule(RouteMatch.ALL, a)).needsLogin()).isFalse();
        assertThat(router(rule(clients("10.0.0.0/8"), a), rule(RouteMatch.ALL, b))
                        .needsLogin())
                .isFalse();
        assertThat(router(rule(users("x"), a)).needsLogin()).isTrue();
        assertThat(router(rule(groups("x"), a)).needsLogin()).isTrue();
        assertThat(router(rule(hosts("x"), a)).needsLogin()).isTrue();
        assertThat(router(rule(RouteMatch.ALL, a), rule(RouteMatch.ALL, forward))
                        .needsLogin())
                .isTrue();
    }

    @Test
    void takesTargetsIfARouterDoes() {
        assertThat(router(rule(users("x"), a)).takesTargets()).isFalse();
        assertThat(router(rule(users("x"), a), rule(RouteMatch.ALL, forward)).takesTargets())
                .isTrue();
    }

    /** A target that no rule has is not looked up. */
    @Test
    void knowsWhatItMayRouteWithoutALookUp() {
        RuleRouter router = router(rule(users("ann"), forward), rule(RouteMatch.ALL, b));

        assertThat(router.mayRoute(ANN_AT)).isTrue();
        assertThat(router.mayRoute(ANN.withTarget(Optional.of(new HostPort("127.0.0.9", 22)))))
                .as("another port than a rule has")
                .isFalse();
        assertThat(router.mayRoute(ANN_AT.withUser(Optional.of("bob")))).isFalse();
        assertThat(new RouteOptionsDecorator(router, RouteOptions.DEFAULT).mayRoute(ANN_AT))
                .isTrue();
        assertThat(forward.mayRoute(ANN)).as("no target").isFalse();
        assertThat(a.mayRoute(ANN_AT)).isTrue();
    }

    @Test
    void sendsALoginThatNamesAServerThereAndNowhereElse() {
        RuleRouter router = router(rule(RouteMatch.ALL, a), rule(users("ann"), forward), rule(RouteMatch.ALL, b));

        assertThat(host(router, ANN_AT)).isEqualTo("127.0.0.9");
        assertThat(host(router, ANN)).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> host(router, ANN_AT.withUser(Optional.of("bob"))))
                .hasCauseInstanceOf(RouteRefusedException.class);
    }

    @Test
    void aTargetMeansNothingWhereNoneIsTaken() {
        assertThat(host(router(rule(users("ann"), a)), ANN_AT)).isEqualTo("127.0.0.1");
    }

    @Test
    void asksForATargetIfTheFirstRuleThatMatchesNeedsOne() {
        RuleRouter router = router(rule(users("bob"), a), rule(RouteMatch.ALL, forward), rule(RouteMatch.ALL, b));

        assertThat(router.canRoute(BARE.withUser(Optional.of("bob")))).isTrue();
        assertThat(router.canRoute(ANN)).isFalse();
    }

    @Test
    void whatNoRuleMatchesIsRefusedOrMayNameATarget() {
        assertThat(router(rule(users("bob"), a)).canRoute(ANN)).isTrue();
        assertThat(router(rule(users("bob"), forward)).canRoute(ANN)).isFalse();
    }

    @Test
    void knowsTheHostsOfItsRules() {
        RuleRouter router = router(
                rule(hosts("ftp.example.com", "*.example.org"), a),
                rule(RouteMatch.ALL, router(rule(hosts("inner.example.net"), b))));

        assertThat(router.takesHosts()).isTrue();
        assertThat(router.knowsHost("FTP.example.com")).isTrue();
        assertThat(router.knowsHost("x.example.org")).isTrue();
        assertThat(router.knowsHost("inner.example.net")).isTrue();
        assertThat(router.knowsHost("example.org")).isFalse();
        assertThat(router(rule(users("x"), a)).takesHosts()).isFalse();
        assertThat(router(rule(users("x"), a)).knowsHost("ftp.example.com")).isFalse();
        assertThat(host(router, ANN.withHost(Optional.of("inner.example.net")))).isEqualTo("127.0.0.2");
    }

    @Test
    void startsAndStopsEachRouterOnce() {
        RuleRouter router = router(rule(users("x"), a), rule(users("y"), b), rule(RouteMatch.ALL, a));

        router.start(new Context());
        assertThat(lives).containsExactly("start 127.0.0.1", "start 127.0.0.2");
        lives.clear();
        router.stop();

        assertThat(lives).containsExactly("stop 127.0.0.1", "stop 127.0.0.2");
    }

    @Test
    void stopsWhatItStartedIfOneCannotStart() {
        RuleRouter router = router(rule(users("x"), a), rule(RouteMatch.ALL, new To("in use")), rule(users("y"), b));

        assertThatThrownBy(() -> router.start(new Context())).isInstanceOf(IllegalStateException.class);

        assertThat(lives).containsExactly("start 127.0.0.1", "stop 127.0.0.1");
    }

    @Test
    void saysWhereItsRulesLead() {
        assertThat(router(rule(users("x"), a), rule(users("y"), b), rule(RouteMatch.ALL, a)))
                .hasToString("127.0.0.1 | 127.0.0.2");
        assertThat(router(
                        rule(users("x"), new To("1")),
                        rule(users("x"), new To("2")),
                        rule(users("x"), new To("3")),
                        rule(users("x"), new To("4")),
                        rule(users("x"), new To("5"))))
                .hasToString("1 | 2 | 3 | 2 more");
    }

    @Test
    void needsARule() {
        assertThatThrownBy(this::router).isInstanceOf(IllegalArgumentException.class);
    }

    private RuleRouter router(RouteRule... rules) {
        return new RuleRouter(List.of(rules));
    }

    private static RouteRule rule(RouteMatch match, Router router) {
        return new RouteRule(match, router);
    }

    private static RouteMatch users(String... users) {
        return new RouteMatch(List.of(users), Set.of(), List.of(), List.of());
    }

    private static RouteMatch groups(String... groups) {
        return new RouteMatch(List.of(), Set.of(groups), List.of(), List.of());
    }

    private static RouteMatch hosts(String... hosts) {
        return new RouteMatch(List.of(), Set.of(), List.of(hosts), List.of());
    }

    private static RouteMatch clients(String network) {
        return new RouteMatch(
                List.of(), Set.of(), List.of(), List.of(Cidr.parse(network).orElseThrow()));
    }

    private static String host(Router router, RouteRequest request) {
        return router.route(request, new Names())
                .toCompletableFuture()
                .join()
                .servers()
                .get(0)
                .addresses()
                .get(0)
                .getAddress()
                .getHostAddress();
    }

    /** Leads to one server, and tells of its life; the one that is in use does not start. */
    private final class To implements Router {
        private final String where;

        private To(String where) {
            this.where = where;
        }

        @Override
        public boolean needsLogin() {
            return false;
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return CompletableFuture.completedStage(Route.to(Names.at(where, HostPort.DEFAULT_PORT)));
        }

        @Override
        public void start(RouterContext context) {
            if (where.equals("in use")) {
                throw new IllegalStateException(where);
            }
            lives.add("start " + where);
        }

        @Override
        public void stop() {
            lives.add("stop " + where);
        }

        @Override
        public String toString() {
            return where;
        }
    }
}
