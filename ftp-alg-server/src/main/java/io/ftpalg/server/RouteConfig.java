package io.ftpalg.server;

import io.ftpalg.policy.RouterContext;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.SocketSettings;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.RouteMatch;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.server.config.ConfigTable;
import io.ftpalg.server.config.ConfigText;
import io.ftpalg.server.users.ClientText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the routes of a listener, and the keys that a listener has in common with them. Used by one thread; blocks. */
final class RouteConfig {
    private static final long LARGEST_MARK = 0xFFFF_FFFFL;

    private final ConfigParts parts;

    RouteConfig(ConfigParts parts) {
        this.parts = parts;
    }

    /** Returns the routes of a listener. */
    List<RouteSettings> routes(ConfigTable listener) {
        List<RouteSettings> routes = new ArrayList<>();
        ServerDataMode mode = ownMode(listener);
        for (ConfigTable table : listener.tables("routes")) {
            Optional<RouteMatch> match = parts.whole(table.at(), () -> new RouteMatch(names(table, "users"),
                    Set.copyOf(names(table, "groups")), texts(table, "hosts"), parts.many(table, "clients", Values::network)));
            Optional<RouteChoice> choice = choice(table);
            RouteOptions options = options(table, mode);
            if (match.isPresent() && choice.isPresent()) {
                routes.add(new RouteSettings(match.get(), choice.get(), options));
            }
        }
        return routes;
    }

    /** Returns names as they are on the control connection, to which they are compared. */
    private static List<String> names(ConfigTable table, String key) {
        return texts(table, key).stream().map(ClientText::said).toList();
    }

    private static List<String> texts(ConfigTable table, String key) {
        return table.values(key).stream().map(ConfigText::text).distinct().toList();
    }

    private Optional<RouteChoice> choice(ConfigTable table) {
        boolean fixed = table.has("upstream");
        if (fixed == table.has("forward")) {
            parts.problem(table, "upstream", fixed ? "upstream and forward exclude each other: give one of them"
                    : "the route has nowhere to go: give upstream or forward");
            return Optional.empty();
        }
        if (fixed) {
            List<Upstream> servers = parts.many(table, "upstream", Values::upstream);
            Balance balance = parts.one(table, "balance", Values::balance).orElse(Balance.FIRST);
            return servers.isEmpty() ? Optional.empty()
                    : Optional.of(new RouteChoice.Reverse(servers, balance, health(table)));
        }
        checkPool(table);
        return Optional.of(new RouteChoice.Forward(table.tables("forward").stream()
                .flatMap(forward -> parts.many(forward, "allow", Values::target).stream()).toList()));
    }

    /** Refuses, in a route or a listener, what is between servers where there are none. */
    void checkPool(ConfigTable table) {
        for (String key : List.of("balance", "health")) {
            if (table.has(key) && !table.has("upstream")) {
                parts.problem(table, key, key + " is for the servers of upstream: give that, or leave " + key + " out");
            }
        }
    }

    /** A route speaks to its servers as its listener does, unless it says; what is wrong there is told there. */
    private static ServerDataMode ownMode(ConfigTable listener) {
        String said = listener.value("server-mode").map(ConfigText::text).orElse("");
        return Stream.of(ServerDataMode.values()).filter(mode -> Values.name(mode).equals(said)).findFirst()
                .orElse(ServerDataMode.CLIENT);
    }

    private RouteOptions options(ConfigTable table, ServerDataMode mode) {
        return new RouteOptions(parts.one(table, "send-user", RouteConfig::user),
                parts.one(table, "send-password-file", RouteConfig::password),
                parts.one(table, "server-mode", Values::serverMode).orElse(mode), sockets(table),
                parts.one(table, "idle-timeout", Values::time));
    }

    private static String user(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user has no control characters");
        }
        return ClientText.said(text);
    }

    /** Returns the first line of the file. */
    static Secret password(String file) {
        return Values.password(Path.of(file));
    }

    /** Returns what the sockets of a listener are like, beyond what options say. */
    SocketSettings moreSockets(ConfigTable table) {
        return new SocketSettings(Optional.empty(), parts.one(table, "source-ports", Values::ports), Optional.empty(),
                Optional.empty(), dscp(table), mark(table));
    }

    private Optional<Integer> dscp(ConfigTable table) {
        return parts.one(table, "dscp", text -> Values.number(text, 0, 63));
    }

    private Optional<Long> mark(ConfigTable table) {
        return parts.one(table, "mark", text -> Values.longNumber(text, 0, LARGEST_MARK));
    }

    private SocketSettings sockets(ConfigTable table) {
        return new SocketSettings(parts.one(table, "source-address", Values::ip), parts.one(table, "source-ports", Values::ports),
                parts.one(table, "passive-ports", Values::ports),
                parts.one(table, "active-source-port", text -> Values.number(text, 1, 65535)),
                dscp(table), mark(table));
    }

    /** Returns when a server counts as ill, of a route or a listener. */
    HealthPolicy health(ConfigTable table) {
        HealthPolicy policy = HealthPolicy.DEFAULT;
        for (ConfigTable health : table.tables("health")) {
            HealthPolicy before = policy;
            policy = parts.whole(health.at(), () -> new HealthPolicy(parts.one(health, "check", RouteConfig::probe).orElse(before.check()),
                    parts.one(health, "interval", Values::time).orElse(before.interval()),
                    parts.one(health, "timeout", Values::time).orElse(before.timeout()),
                    parts.one(health, "failures", text -> Values.number(text, 1, 1000)).orElse(before.failures()),
                    parts.one(health, "ejection", Values::time).orElse(before.ejection()),
                    parts.one(health, "slow-return", Values::time).orElse(before.slowReturn()))).orElse(before);
        }
        return policy;
    }

    private static Optional<RouterContext.Probe> probe(String text) {
        return text.equals("none") ? Optional.empty() : Optional.of(Values.oneOf(RouterContext.Probe.values(), text));
    }
}
