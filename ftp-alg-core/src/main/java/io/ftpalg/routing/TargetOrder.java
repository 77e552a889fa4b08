package io.ftpalg.routing;

import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Puts the servers of a pool into the order in which one session tries them. Made for one session, used at once.
 *
 * <p>The first tiers of all names are balanced together, then the second ones, and so on; with {@link Balance#FIRST} each name's
 * tiers come before the next name. A server that several names lead to counts once, where it comes first.
 */
final class TargetOrder {
    private static final List<ServerHealth.Rank> TRIED =
            List.of(ServerHealth.Rank.FIRST, ServerHealth.Rank.LATER, ServerHealth.Rank.LAST);

    private final Balance balance;
    private final InetAddress client;
    private final int turn;
    private final RandomGenerator random;
    private final Map<HostPort, ServerHealth.Rank> ranks = new HashMap<>();
    private final Function<HostPort, ServerHealth> healthOf;

    /**
     * Makes the order of one session.
     *
     * @param turn a number that grows by one with each session
     * @param healthOf the health of a server
     */
    TargetOrder(
            Balance balance,
            RouteRequest request,
            int turn,
            RandomGenerator random,
            Function<HostPort, ServerHealth> healthOf) {
        this.balance = balance;
        this.client = request.client().getAddress();
        this.turn = turn;
        this.random = random;
        this.healthOf = healthOf;
    }

    /** Returns all servers but those that an operator ejected, each once. */
    List<PoolTarget> of(List<PoolLookup.Found> found) {
        List<List<PoolTarget>> only = found.size() == 1 ? found.get(0).tiers() : List.of();
        if (only.size() == 1 && only.get(0).size() == 1) {
            boolean tried =
                    TRIED.contains(healthOf.apply(only.get(0).get(0).server()).rank());
            return tried ? only.get(0) : List.of();
        }
        List<List<PoolTarget>> tiers = unique(balance == Balance.FIRST ? named(found) : together(found));
        tiers.forEach(tier -> tier.forEach(target ->
                ranks.put(target.server(), healthOf.apply(target.server()).rank())));
        List<PoolTarget> order = new ArrayList<>();
        for (ServerHealth.Rank rank : TRIED) {
            for (List<PoolTarget> tier : tiers) {
                order.addAll(balanced(tier.stream()
                        .filter(target -> ranks.get(target.server()) == rank)
                        .toList()));
            }
        }
        return order;
    }

    /** Returns all servers, each once, in no order of preference. */
    static List<PoolTarget> once(List<PoolLookup.Found> found) {
        return unique(together(found)).stream().flatMap(List::stream).toList();
    }

    private List<List<PoolTarget>> named(List<PoolLookup.Found> found) {
        return found.stream()
                .flatMap(one -> one.tiers().stream())
                .map(this::byWeight)
                .toList();
    }

    private static List<List<PoolTarget>> together(List<PoolLookup.Found> found) {
        List<List<PoolTarget>> tiers = new ArrayList<>();
        for (PoolLookup.Found one : found) {
            for (int i = 0; i < one.tiers().size(); i++) {
                if (i == tiers.size()) {
                    tiers.add(new ArrayList<>());
                }
                tiers.get(i).addAll(one.tiers().get(i));
            }
        }
        return tiers;
    }

    private static List<List<PoolTarget>> unique(List<List<PoolTarget>> tiers) {
        Set<HostPort> seen = new HashSet<>();
        List<List<PoolTarget>> unique = new ArrayList<>();
        for (List<PoolTarget> tier : tiers) {
            List<PoolTarget> kept = new ArrayList<>(tier);
            kept.removeIf(target -> !seen.add(target.server()));
            unique.add(kept);
        }
        return unique;
    }

    /** The algorithm of RFC 2782: those without weight have a very small chance, the others one by their weight. */
    private List<PoolTarget> byWeight(List<PoolTarget> tier) {
        List<PoolTarget> left = new ArrayList<>(tier);
        left.sort(Comparator.comparing(target -> target.weight() != 0));
        List<PoolTarget> order = new ArrayList<>();
        while (!left.isEmpty()) {
            int drawn =
                    random.nextInt(left.stream().mapToInt(PoolTarget::weight).sum() + 1);
            int sum = 0;
            int next = 0;
            while ((sum += left.get(next).weight()) < drawn) {
                next++;
            }
            order.add(left.remove(next));
        }
        return order;
    }

    private List<PoolTarget> balanced(List<PoolTarget> targets) {
        return switch (balance) {
            case FIRST -> targets;
            case ROUND_ROBIN -> inTurn(targets);
            case LEAST_SESSIONS ->
                sorted(inTurn(targets), target -> healthOf.apply(target.server())
                        .sessions());
            case HASH -> sorted(targets, target -> -score(target.server()));
        };
    }

    private List<PoolTarget> inTurn(List<PoolTarget> targets) {
        List<PoolTarget> turned = new ArrayList<>(targets);
        Collections.rotate(turned, targets.isEmpty() ? 0 : -Math.floorMod(turn, targets.size()));
        return turned;
    }

    /** Each value is taken once: what sessions of other event loops do meanwhile must not confuse the sort. */
    private static List<PoolTarget> sorted(List<PoolTarget> targets, ToLongFunction<PoolTarget> value) {
        Map<PoolTarget, Long> values = new HashMap<>();
        targets.forEach(target -> values.put(target, value.applyAsLong(target)));
        return targets.stream().sorted(Comparator.comparing(values::get)).toList();
    }

    /** FNV-1a over client and server, stirred; the same in every process, so that several gateways agree. */
    private long score(HostPort server) {
        long hash = fnv(0xcbf29ce484222325L, IpLiteral.canonical(client).getAddress());
        hash = fnv(hash, server.toString().getBytes(StandardCharsets.ISO_8859_1));
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return (hash ^ hash >>> 31) >>> 1;
    }

    private static long fnv(long start, byte[] bytes) {
        long hash = start;
        for (byte octet : bytes) {
            hash = (hash ^ (octet & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
