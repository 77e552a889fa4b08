package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.users.LdapServer;
import io.ftpalg.server.users.LdapSettings.DirectBind;
import io.ftpalg.server.users.LdapSettings.Required;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of {@code login}. */
final class LoginKeys {
    static final Key<LoginDialect> DIALECTS = Key.of(
                    "dialects",
                    CHOICE,
                    Stream.of(LoginDialect.values()).map(LoginDialect::text).collect(Collectors.joining("|")),
                    "forms of logins that are accepted; all but the last if left out",
                    Meanings::dialect)
            .repeatable();
    static final Key<Character> SEPARATOR = Key.of(
                    "separator", TEXT, "CHARACTER", "character between user and host", Meanings::separator)
            .standard("@");
    static final Key<Boolean> PROXY_USER_FIRST = Key.flag(
                    "proxy-user-first", "begin joined names and passwords with the gateway's: proxyuser@user@host")
            .standard("false");
    static final Key<Boolean> ANONYMOUS_ONLY = Key.flag(
                    "anonymous-only", "admit only anonymous and ftp as users for servers")
            .standard("false");
    static final Key<Secret> ANONYMOUS_PASSWORD = Key.of(
                    "anonymous-password",
                    TEXT,
                    "TEXT",
                    "password of anonymous logins for files by HTTP, by custom a mail address",
                    Meanings::anonymousPassword)
            .standard("anonymous@ftp-alg");
    static final Key<Path> USERS_FILE = Key.of(
            "users-file",
            FILE,
            "FILE",
            "the gateway's own users (htpasswd -B, or argon2); every client must log in as one",
            Path::of);
    static final Key<Path> GROUPS_FILE = Key.of(
            "groups-file", FILE, "FILE", "groups of the gateway's own users, a line each: GROUP: USER USER", Path::of);

    static final Key<LdapServer> SERVERS = Key.of(
                    "servers",
                    TEXT,
                    "ldap://HOST[:PORT]",
                    "LDAP directories, or ldaps://; the next one if one is down",
                    Meanings::ldapServer)
            .repeatable()
            .needed();
    static final Key<Boolean> START_TLS =
            Key.flag("start-tls", "TLS by StartTLS").standard("false");
    static final Key<Path> CA =
            Key.of("ca", FILE, "FILE", "CA bundle for directories (PEM); the JDK's CAs if left out", Path::of);
    static final Key<DirectBind> BIND_DN = Key.of(
            "bind-dn",
            TEXT,
            "DN",
            "DN of a user, such as uid={user},ou=people,dc=example,dc=com; in place of search-base",
            DirectBind::new);
    static final Key<String> SEARCH_BASE =
            Key.of("search-base", TEXT, "DN", "DN below which users are looked up", text -> text);
    static final Key<String> SEARCH_FILTER = Key.of(
                    "search-filter", TEXT, "FILTER", "filter of a user's entry", text -> text)
            .standard("(uid={user})");
    static final Key<String> SEARCH_DN =
            Key.of("search-dn", TEXT, "DN", "DN that looks users up; anonymous if left out", text -> text);
    static final Key<Secret> SEARCH_PASSWORD_FILE =
            Key.of("search-password-file", FILE, "FILE", "password of search-dn, the first line", Meanings::password);
    static final Key<String> NAME_ATTRIBUTE = Key.of(
                    "name-attribute", TEXT, "ATTRIBUTE", "attribute with the user's name", text -> text)
            .standard("uid");
    static final Key<Required> REQUIRE = Key.of(
            "require",
            TEXT,
            "ATTRIBUTE=VALUE",
            "attribute and value that a user's entry must have",
            Meanings::required);
    static final Key<String> GROUP_ATTRIBUTE = Key.of(
                    "group-attribute", TEXT, "ATTRIBUTE", "attribute with the user's groups", text -> text)
            .standard("memberOf");
    static final Key<String> GROUP_BASE = Key.of(
            "group-base", TEXT, "DN", "DN below which groups are looked up, besides group-attribute", text -> text);
    static final Key<String> GROUP_FILTER = Key.of(
                    "group-filter", TEXT, "FILTER", "filter of the groups of a user", text -> text)
            .standard("(member={dn})");
    static final Section LDAP = Section.of(
            "ldap",
            "the gateway's own users, in a directory",
            SERVERS,
            START_TLS,
            CA,
            BIND_DN,
            SEARCH_BASE,
            SEARCH_FILTER,
            SEARCH_DN,
            SEARCH_PASSWORD_FILE,
            NAME_ATTRIBUTE,
            REQUIRE,
            GROUP_ATTRIBUTE,
            GROUP_BASE,
            GROUP_FILTER);

    static final Section LOGIN = Section.of(
            "login",
            "logins of clients, and the gateway's own users",
            DIALECTS,
            SEPARATOR,
            PROXY_USER_FIRST,
            ANONYMOUS_ONLY,
            ANONYMOUS_PASSWORD,
            USERS_FILE,
            GROUPS_FILE,
            LDAP);

    private LoginKeys() {}
}
