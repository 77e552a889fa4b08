package io.ftpalg.server.config;

import static io.ftpalg.server.config.ConfigEntry.Kind.CHOICE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FILE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FLAG;
import static io.ftpalg.server.config.ConfigEntry.Kind.TEXT;

import io.ftpalg.policy.LoginDialect;
import io.ftpalg.server.config.ConfigEntry.Section;
import io.ftpalg.server.config.ConfigEntry.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys of {@code login}. */
final class LoginKeys {

    private LoginKeys() {
    }

    /** Returns the keys of the section. */
    static List<ConfigEntry> login() {
        return List.of(
                Setting.of("dialects", CHOICE, "",
                        Arrays.stream(LoginDialect.values()).map(LoginDialect::text).collect(Collectors.joining("|")),
                        "what is understood; all but the last if left out").repeatable(),
                Setting.of("separator", TEXT, "", "CHARACTER", "what divides user and host").standard("@"),
                Setting.of("proxy-user-first", FLAG, "", "true or false",
                        "joined names and passwords begin with the gateway's: proxyuser@user@host").standard("false"),
                Setting.of("anonymous-only", FLAG, "", "true or false", "only anonymous and ftp may log in at servers")
                        .standard("false"),
                Setting.of("users-file", FILE, "", "FILE",
                        "the gateway's own users (htpasswd -B, or argon2): nobody gets to a server without being one"),
                Setting.of("groups-file", FILE, "", "FILE", "their groups, a line each: GROUP: USER USER"),
                new Section("ldap", false, false, Optional.empty(), ldap(), "the gateway's own users, in a directory"));
    }

    private static List<ConfigEntry> ldap() {
        return List.of(
                Setting.of("servers", TEXT, "", "ldap://HOST[:PORT]", "directories, or ldaps://; the next one if one is down")
                        .repeatable().needed(),
                Setting.of("start-tls", FLAG, "", "true or false", "TLS by StartTLS").standard("false"),
                Setting.of("ca", FILE, "", "FILE", "who vouches for directories (PEM); the JDK's CAs if left out"),
                Setting.of("bind-dn", TEXT, "", "DN", "who logs in, such as uid={user},ou=people,dc=example,dc=com;"
                        + " in place of search-base"),
                Setting.of("search-base", TEXT, "", "DN", "where users are looked up"),
                Setting.of("search-filter", TEXT, "", "FILTER", "which entry is a user's").standard("(uid={user})"),
                Setting.of("search-dn", TEXT, "", "DN", "who looks them up; anonymous if left out"),
                Setting.of("search-password-file", FILE, "", "FILE", "its password, the first line"),
                Setting.of("name-attribute", TEXT, "", "ATTRIBUTE", "what of the entry is the user's name").standard("uid"),
                Setting.of("require", TEXT, "", "ATTRIBUTE=VALUE", "what the entry of a user must have"),
                Setting.of("group-attribute", TEXT, "", "ATTRIBUTE", "the groups in the entry of a user").standard("memberOf"),
                Setting.of("group-base", TEXT, "", "DN", "where groups are looked up, too"),
                Setting.of("group-filter", TEXT, "", "FILTER", "which groups a user is in").standard("(member={dn})"));
    }
}
