package io.ftpalg.server;

import io.ftpalg.policy.LoginDialect;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.server.config.ConfigPlace;
import io.ftpalg.server.config.ConfigTable;
import io.ftpalg.server.config.ConfigText;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what only a config file says of a listener. Used by one thread; blocks. */
final class FileConfig {
    private final ConfigParts parts;
    private final RouteConfig routes;
    private final UserConfig users;
    private final List<InetSocketAddress> nameServers;

    FileConfig(ConfigParts parts, ConfigTable root) {
        this.parts = parts;
        this.routes = new RouteConfig(parts);
        this.users = new UserConfig(parts);
        this.nameServers = parts.many(root, "name-servers", Values::nameServer);
    }

    /** Returns what the listener's table says. */
    FileSettings read(ConfigTable listener) {
        List<RouteSettings> all = routes.routes(listener);
        LoginSettings login = listener.tables("login").stream().findFirst().map(this::login).orElse(LoginSettings.DEFAULT);
        checkUsers(listener);
        routes.checkPool(listener);
        ConfigTable clients = listener.tables("clients").stream().findFirst()
                .orElse(new ConfigTable(listener.section(), ConfigPlace.START, Map.of(), Map.of()));
        return new FileSettings(all, routes.health(listener), login, routes.moreSockets(listener),
                parts.many(clients, "allow", Values::network), parts.many(clients, "deny", Values::network),
                new FileSettings.Words(path(listener, "greeting-file"), path(listener, "limit-message-file"),
                        path(listener, "maintenance-file")), nameServers);
    }

    private LoginSettings login(ConfigTable table) {
        List<LoginDialect> said = parts.many(table, "dialects", Values::dialect);
        Set<LoginDialect> dialects = said.isEmpty() ? LoginPolicy.DEFAULT.dialects() : EnumSet.copyOf(said);
        char separator = parts.one(table, "separator", FileConfig::separator).orElse(LoginPolicy.DEFAULT.separator());
        return new LoginSettings(new LoginPolicy(dialects, separator, parts.flag(table, "proxy-user-first"),
                parts.flag(table, "anonymous-only"), Optional.empty()), users.read(table));
    }

    private static char separator(String text) {
        char first = text.charAt(0);
        if (text.length() != 1 || !LoginPolicy.isSeparator(first)) {
            throw new IllegalArgumentException("expected one printing character that is no letter and no digit, such as @ or %");
        }
        return first;
    }

    /**
     * A server that the client names would hear the password. Without users of the gateway, whoever connects would be logged in
     * with it, and nobody has a group.
     */
    private void checkUsers(ConfigTable listener) {
        boolean hasUsers = listener.tables("login").stream().anyMatch(login -> login.has("users-file") || login.has("ldap"));
        for (ConfigTable route : listener.tables("routes")) {
            boolean sendsPassword = route.value("send-password-file").isPresent();
            if (sendsPassword && route.has("forward")) {
                parts.problem(route, "send-password-file", "send-password-file is for a route with upstream: with forward the"
                        + " client chooses who gets the password");
            } else if (sendsPassword && !hasUsers) {
                parts.problem(route, "send-password-file", "send-password-file needs users of the gateway, or anybody could log in"
                        + " with it: give login.users-file or login.ldap");
            }
            if (route.value("groups").isPresent() && !hasUsers) {
                parts.problem(route, "groups", "groups are of the gateway's own users: give login.users-file or login.ldap");
            }
        }
    }

    private static Optional<Path> path(ConfigTable table, String key) {
        return table.value(key).map(ConfigText::text).map(Path::of);
    }
}
