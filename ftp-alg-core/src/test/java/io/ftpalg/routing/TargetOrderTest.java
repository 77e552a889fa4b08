package io.ftpalg.routing;

import static io.ftpalg.routing.Names.ip;
import static io.ftpalg.routing.Names.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetOrderTest {
    private final Map<HostPort, ServerHealth> health = new HashMap<>();
    private final Clock clock = new Clock();

    @Test
    void firstKeepsTheOrder() {
        assertThat(order(Balance.FIRST, 5, found("a"), found("b"), found("c"))).containsExactly("a", "b", "c");
    }

    @Test
    void firstTakesEachNamesTiersBeforeTheNextName() {
        assertThat(order(Balance.FIRST, 0, found("a").then("b"), found("c"))).containsExactly("a", "b", "c");
    }

    @Test
    void theOthersTakeTheFirstTiersTogether() {
        assertThat(order(Balance.ROUND_ROBIN, 0, found("a").then("b"), found("c")))
                .containsExactly("a", "c", "b");
        assertThat(order(Balance.ROUND_ROBIN, 1, found("a").then("b"), found("c")))
                .containsExactly("c", "a", "b");
    }

    @Test
    void roundRobinTakesEachInTurn() {
        Found abc = found("a", "b", "c");

        assertThat(IntStream.range(0, 6)
                        .mapToObj(turn -> order(Balance.ROUND_ROBIN, turn, abc).get(0)))
                .containsExactly("a", "b", "c", "a", "b", "c");
        assertThat(order(Balance.ROUND_ROBIN, 1, abc)).containsExactly("b", "c", "a");
        assertThat(order(Balance.ROUND_ROBIN, Integer.MIN_VALUE, abc)).hasSize(3);
    }

    @Test
    void roundRobinIsEvenAmongThoseThatAreLeft() {
        eject("b");
        Map<String, Integer> firsts = new TreeMap<>();
        for (int turn = 0; turn < 100; turn++) {
            firsts.merge(order(Balance.ROUND_ROBIN, turn, found("a", "b", "c")).get(0), 1, Integer::sum);
        }

        assertThat(firsts).isEqualTo(Map.of("a", 50, "c", 50));
    }

    @Test
    void leastSessionsTakesTheFewest() {
        occupy("a", 2);
        occupy("c", 1);

        assertThat(order(Balance.LEAST_SESSIONS, 0, found("a", "b", "c"))).containsExactly("b", "c", "a");
    }

    @Test
    void leastSessionsTakesEqualsInTurn() {
        occupy("c", 1);

        assertThat(order(Balance.LEAST_SESSIONS, 0, found("a", "b", "c"))).containsExactly("a", "b", "c");
        assertThat(order(Balance.LEAST_SESSIONS, 1, found("a", "b", "c"))).containsExactly("b", "a", "c");
    }

    @Test
    void hashGivesAClientTheSameServer() {
        Found all = found("a", "b", "c", "d");
        Map<String, Integer> firsts = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            String client = "10.0." + i / 256 + '.' + i % 256;
            String first = hashed(client, all).get(0);
            firsts.merge(first, 1, Integer::sum);
            assertThat(hashed("::ffff:" + client, all).get(0)).isEqualTo(first);
        }

        assertThat(firsts.values()).hasSize(4).allMatch(n -> n > 180 && n < 320);
    }

    @Test
    void hashMovesOnlyTheClientsOfTheServerThatGoes() {
        for (int i = 0; i < 256; i++) {
            List<String> before = hashed("2001:db8::" + Integer.toHexString(i), found("a", "b", "c"));
            List<String> after = hashed("2001:db8::" + Integer.toHexString(i), found("c", "a"));

            assertThat(after)
                    .isEqualTo(before.stream()
                            .filter(server -> !server.equals("b"))
                            .toList());
        }
    }

    @Test
    void hashIsTheSameInEveryProcess() {
        assertThat(Stream.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "192.0.2.77")
                        .map(client -> hashed(client, found("a", "b", "c"))))
                .containsExactly(
                        List.of("c", "b", "a"), List.of("a", "c", "b"), List.of("b", "c", "a"), List.of("a", "c", "b"));
    }

    @Test
    void weighsTheServersOfAService() {
        Found tier = new Found(List.of(List.of(target("heavy", 30), target("light", 10), target("none", 0))));
        RandomGenerator random = new Random(4);
        Map<String, Integer> firsts = new TreeMap<>();
        for (int i = 0; i < 4100; i++) {
            List<String> order = order(Balance.FIRST, i, random, "127.0.0.1", tier);
            assertThat(order).containsExactlyInAnyOrder("heavy", "light", "none");
            firsts.merge(order.get(0), 1, Integer::sum);
        }

        // RFC 2782: of 41 draws of 0 to 40, 0 is for the one without weight.
        assertThat(firsts.get("none")).isBetween(60, 150);
        assertThat(firsts.get("light")).isBetween(850, 1150);
        assertThat(firsts.get("heavy")).isBetween(2800, 3200);
    }

    @Test
    void ordersServersWithoutAnyWeight() {
        Found tier = new Found(List.of(List.of(target("a", 0), target("b", 0))));

        assertThat(order(Balance.FIRST, 0, new Random(1), "127.0.0.1", tier)).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void putsTheEjectedLastWhateverTheirTier(Balance balance) {
        eject("a");
        eject("b");

        List<String> order = order(balance, 0, found("a", "b", "c").then("d"));

        assertThat(order.subList(0, 2)).containsExactly("c", "d");
        assertThat(order.subList(2, 4)).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void triesAllIfAllAreEjected(Balance balance) {
        eject("a");
        eject("b");

        assertThat(order(balance, 0, found("a", "b"))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void putsOneThatComesBackBehindOthersUntilItIsItsTurn() {
        eject("a");
        eject("b");
        health("a").succeeded();

        assertThat(order(Balance.FIRST, 0, found("a", "b", "c"))).containsExactly("c", "a", "b");
    }

    @Test
    void countsAServerThatTwoNamesLeadToOnce() {
        assertThat(order(Balance.FIRST, 0, found("a").then("b"), found("b", "a", "c")))
                .containsExactly("a", "b", "c");
        assertThat(TargetOrder.once(List.of(found("a").then("b").value, found("b", "a", "c").value)))
                .extracting(target -> target.server().host())
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void triesTheOnlyServerThoughItIsEjected(Balance balance) {
        eject("a");

        assertThat(order(balance, 3, found("a"))).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void doesNotTryTheOnlyServerIfAnOperatorEjectedIt(Balance balance) {
        health("a").ejectByOperator();

        assertThat(order(balance, 3, found("a"))).isEmpty();
    }

    private List<String> hashed(String client, Found found) {
        return order(Balance.HASH, 0, new Draws(0.0), client, found);
    }

    private List<String> order(Balance balance, int turn, Found... found) {
        return order(balance, turn, new Draws(0.0), "127.0.0.1", found);
    }

    private List<String> order(Balance balance, int turn, RandomGenerator random, String client, Found... found) {
        return new TargetOrder(balance, Names.from(client), turn, random, this::health)
                .of(Stream.of(found).map(one -> one.value).toList()).stream()
                        .map(target -> target.server().host())
                        .toList();
    }

    private ServerHealth health(HostPort server) {
        return health.computeIfAbsent(
                server, name -> new ServerHealth(name, HealthPolicy.DEFAULT, clock, new Draws(0.5)));
    }

    private ServerHealth health(String server) {
        return health(server(server));
    }

    private void eject(String server) {
        for (int i = 0; i < HealthPolicy.DEFAULT.failures(); i++) {
            health(server).failed("it is ill");
        }
    }

    private void occupy(String server, int sessions) {
        for (int i = 0; i < sessions; i++) {
            health(server).newUse().begun();
        }
    }

    private static PoolTarget target(String server, int weight) {
        return PoolTarget.of(server(server), List.of(ip("10.0.0.1")), ServerTls.OFF, weight);
    }

    private static Found found(String... servers) {
        return new Found(List.of()).then(servers);
    }

    /** What one name leads to. */
    private static final class Found {
        private final PoolLookup.Found value;

        private Found(List<List<PoolTarget>> tiers) {
            value = new PoolLookup.Found(tiers);
        }

        private Found then(String... tier) {
            return new Found(Stream.concat(
                            value.tiers().stream(),
                            Stream.of(Stream.of(tier)
                                    .map(server -> target(server, 0))
                                    .toList()))
                    .toList());
        }
    }
}
