package io.ftpalg.server;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.config.ConfigTable;
import io.ftpalg.server.config.ConfigText;
import io.ftpalg.server.users.LdapServer;
import io.ftpalg.server.users.LdapSettings;
import io.ftpalg.server.users.LdapSettings.DirectBind;
import io.ftpalg.server.users.LdapSettings.GroupSearch;
import io.ftpalg.server.users.LdapSettings.Groups;
import io.ftpalg.server.users.LdapSettings.Required;
import io.ftpalg.server.users.LdapSettings.SearchThenBind;
import io.ftpalg.server.users.LdapSettings.Searcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the gateway's own users are. Used by one thread; blocks. */
final class UserConfig {
    private final ConfigParts parts;

    UserConfig(ConfigParts parts) {
        this.parts = parts;
    }

    /** Returns what the section {@code login} says of users, if anything. */
    Optional<UserSettings> read(ConfigTable login) {
        Optional<Path> file = path(login, "users-file");
        Optional<Path> groups = path(login, "groups-file");
        boolean directory = login.has("ldap");
        if (login.has("groups-file") && !login.has("users-file")) {
            parts.problem(login, "groups-file", "groups-file is of the users of users-file: give that too");
        }
        Optional<LdapSettings> ldap = login.tables("ldap").stream().findFirst().flatMap(this::ldap);
        return file.isEmpty() && !directory ? Optional.empty() : Optional.of(new UserSettings(file, groups, ldap));
    }

    private Optional<LdapSettings> ldap(ConfigTable table) {
        List<LdapServer> servers = parts.many(table, "servers", text -> LdapServer.parse(text).orElseThrow(
                () -> new IllegalArgumentException("expected ldap://HOST[:PORT] or ldaps://HOST[:PORT]")));
        Optional<LdapSettings.Login> login = login(table);
        if (servers.isEmpty() || login.isEmpty()) {
            return Optional.empty();
        }
        Groups groups = groups(table);
        Optional<Required> required = parts.one(table, "require", text -> Required.parse(text).orElseThrow(
                () -> new IllegalArgumentException("expected ATTRIBUTE=VALUE")));
        return parts.whole(table.at(), () -> new LdapSettings(servers, parts.flag(table, "start-tls"), path(table, "ca"),
                login.get(), text(table, "name-attribute").orElse("uid"), groups, required));
    }

    private Optional<LdapSettings.Login> login(ConfigTable table) {
        boolean binds = table.has("bind-dn");
        if (binds == table.has("search-base")) {
            parts.problem(table, "bind-dn", binds ? "bind-dn and search-base exclude each other: give one of them"
                    : "how is a user found? give bind-dn or search-base");
            return Optional.empty();
        }
        if (binds) {
            return parts.one(table, "bind-dn", DirectBind::new);
        }
        Optional<String> dn = text(table, "search-dn");
        Optional<Secret> password = parts.one(table, "search-password-file", RouteConfig::password);
        if (table.has("search-dn") != table.has("search-password-file")) {
            parts.problem(table, "search-dn", "search-dn and search-password-file go together: give both");
        }
        Optional<Searcher> searcher = dn.flatMap(name -> password.flatMap(secret ->
                parts.one(table, "search-dn", text -> new Searcher(text, secret))));
        String filter = text(table, "search-filter").orElse("(uid={user})");
        return text(table, "search-base").flatMap(base ->
                parts.whole(table.at(), () -> new SearchThenBind(base, filter, searcher)));
    }

    private Groups groups(ConfigTable table) {
        Optional<GroupSearch> search = text(table, "group-base").flatMap(base -> parts.whole(table.at(), () ->
                new GroupSearch(base, text(table, "group-filter").orElse("(member={dn})"), "cn")));
        return new Groups(Optional.of(text(table, "group-attribute").orElse("memberOf")), search);
    }

    private static Optional<String> text(ConfigTable table, String key) {
        return table.value(key).map(ConfigText::text);
    }

    private static Optional<Path> path(ConfigTable table, String key) {
        return text(table, key).map(Path::of);
    }
}
