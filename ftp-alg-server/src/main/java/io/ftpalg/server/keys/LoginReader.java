package io.ftpalg.server.keys;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.settings.LoginSettings;
import io.ftpalg.server.settings.UserSettings;
import io.ftpalg.server.users.LdapServer;
import io.ftpalg.server.users.LdapSettings;
import io.ftpalg.server.users.LdapSettings.GroupSearch;
import io.ftpalg.server.users.LdapSettings.Groups;
import io.ftpalg.server.users.LdapSettings.SearchThenBind;
import io.ftpalg.server.users.LdapSettings.Searcher;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes {@link LoginSettings} of what is given in {@code login}. Stateless. */
final class LoginReader {

    private LoginReader() {}

    /** Returns how clients log in. */
    static LoginSettings read(Given login) {
        List<LoginDialect> given = login.all(LoginKeys.DIALECTS);
        Set<LoginDialect> dialects = given.isEmpty() ? LoginPolicy.DEFAULT.dialects() : EnumSet.copyOf(given);
        return new LoginSettings(
                new LoginPolicy(
                        dialects,
                        login.get(LoginKeys.SEPARATOR),
                        login.get(LoginKeys.PROXY_USER_FIRST),
                        login.get(LoginKeys.ANONYMOUS_ONLY),
                        Optional.empty(),
                        login.get(LoginKeys.ANONYMOUS_PASSWORD)),
                users(login));
    }

    /** Returns whether the gateway has users of its own. */
    static boolean hasUsers(Given login) {
        return login.has(LoginKeys.USERS_FILE) || login.has(LoginKeys.LDAP);
    }

    private static Optional<UserSettings> users(Given login) {
        if (login.has(LoginKeys.GROUPS_FILE) && !login.has(LoginKeys.USERS_FILE)) {
            login.problem("groups-file needs users-file: give both", LoginKeys.GROUPS_FILE);
        }
        Optional<LdapSettings> ldap =
                login.has(LoginKeys.LDAP) ? ldap(login.section(LoginKeys.LDAP)) : Optional.empty();
        return hasUsers(login)
                ? Optional.of(new UserSettings(login.one(LoginKeys.USERS_FILE), login.one(LoginKeys.GROUPS_FILE), ldap))
                : Optional.empty();
    }

    private static Optional<LdapSettings> ldap(Given ldap) {
        List<LdapServer> servers = ldap.all(LoginKeys.SERVERS);
        Optional<? extends LdapSettings.Login> login = login(ldap);
        if (servers.isEmpty() || login.isEmpty()) {
            return Optional.empty();
        }
        Groups groups = groups(ldap);
        return ldap.whole(() -> new LdapSettings(
                servers,
                ldap.get(LoginKeys.START_TLS),
                ldap.one(LoginKeys.CA),
                login.get(),
                ldap.get(LoginKeys.NAME_ATTRIBUTE),
                groups,
                ldap.one(LoginKeys.REQUIRE)));
    }

    private static Optional<? extends LdapSettings.Login> login(Given ldap) {
        boolean binds = ldap.has(LoginKeys.BIND_DN);
        if (binds == ldap.has(LoginKeys.SEARCH_BASE)) {
            ldap.problem(
                    binds
                            ? "bind-dn and search-base exclude each other: give one of them"
                            : "ldap needs bind-dn or search-base: give one of them",
                    LoginKeys.BIND_DN);
            return Optional.empty();
        }
        if (binds) {
            return ldap.one(LoginKeys.BIND_DN);
        }
        if (ldap.has(LoginKeys.SEARCH_DN) != ldap.has(LoginKeys.SEARCH_PASSWORD_FILE)) {
            ldap.problem("search-dn and search-password-file go together: give both", LoginKeys.SEARCH_DN);
        }
        Optional<Secret> password = ldap.one(LoginKeys.SEARCH_PASSWORD_FILE);
        Optional<Searcher> searcher = ldap.one(LoginKeys.SEARCH_DN)
                .flatMap(dn ->
                        password.flatMap(secret -> ldap.whole(() -> new Searcher(dn, secret), LoginKeys.SEARCH_DN)));
        return ldap.one(LoginKeys.SEARCH_BASE)
                .flatMap(base ->
                        ldap.whole(() -> new SearchThenBind(base, ldap.get(LoginKeys.SEARCH_FILTER), searcher)));
    }

    private static Groups groups(Given ldap) {
        Optional<GroupSearch> search = ldap.one(LoginKeys.GROUP_BASE)
                .flatMap(base -> ldap.whole(() -> new GroupSearch(base, ldap.get(LoginKeys.GROUP_FILTER), "cn")));
        return new Groups(Optional.of(ldap.get(LoginKeys.GROUP_ATTRIBUTE)), search);
    }
}
