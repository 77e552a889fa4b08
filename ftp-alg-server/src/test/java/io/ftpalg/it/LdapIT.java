package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.users.LdapServer;
import io.ftpalg.server.users.LdapSettings;
import io.ftpalg.server.users.LdapUsers;
import io.ftpalg.server.users.UsersException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Users of a real directory, whose rules for anonymous visitors, access and TLS are not ours. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LdapIT {
    private static final LdapSettings.SearchThenBind SEARCH = new LdapSettings.SearchThenBind(
            Slapd.BASE,
            "(&(objectClass=inetOrgPerson)(uid={user}))",
            Optional.of(new LdapSettings.Searcher(Slapd.SEARCHER, Secret.of(Slapd.SEARCHER_PASSWORD))));
    private static final LdapSettings.Groups GROUPS = new LdapSettings.Groups(
            Optional.of("ou"), Optional.of(new LdapSettings.GroupSearch(Slapd.BASE, "(member={dn})", "cn")));

    private final TlsMaterial material = TlsMaterial.create();
    private Optional<Slapd> slapd = Optional.empty();

    @BeforeAll
    void start() {
        slapd = Optional.of(Slapd.start(material.rsaServer()));
    }

    @AfterAll
    void stop() {
        slapd.ifPresent(Slapd::close);
        material.close();
    }

    @Test
    void knowsUsersTheirPasswordsAndTheirGroups() throws Exception {
        try (LdapUsers users = LdapUsers.of(settings(SEARCH).withGroups(GROUPS))) {
            assertThat(ask(users, "alice", "wonder")).contains(new ProxyUser("alice", Set.of("staff", "pilots")));
            assertThat(ask(users, "ALICE", "wonder")).map(ProxyUser::name).contains("alice");
            assertThat(ask(users, "bob", "canwefixit")).contains(new ProxyUser("bob", Set.of()));
            assertThat(ask(users, "alice", "wrong")).isEmpty();
            assertThat(ask(users, "alice", "")).isEmpty();
            assertThat(ask(users, "nobody", "wonder")).isEmpty();
            assertThat(ask(users, "*", "wonder")).isEmpty();
            assertThat(ask(users, "alice", "wonder")).isPresent();
        }
    }

    @Test
    void logsInAtOnceWhereTheDnIsKnown() throws Exception {
        try (LdapUsers users = LdapUsers.of(settings(new LdapSettings.DirectBind("uid={user}," + Slapd.BASE)))) {
            assertThat(ask(users, "bob", "canwefixit")).contains(new ProxyUser("bob", Set.of()));
            assertThat(ask(users, "bob", "wrong")).isEmpty();
            assertThat(ask(users, "nobody", "wrong")).isEmpty();
        }
    }

    @Test
    void letsInWhoHasWhatIsRequired() throws Exception {
        try (LdapUsers users =
                LdapUsers.of(settings(SEARCH).withRequired(new LdapSettings.Required("employeeType", "active")))) {
            assertThat(ask(users, "alice", "wonder")).isPresent();
            assertThat(ask(users, "bob", "canwefixit")).isEmpty();
        }
    }

    @Test
    void beginsTlsWithTheRightServerOnly() throws Exception {
        LdapSettings settings = settings(SEARCH).withStartTls();
        try (LdapUsers users = LdapUsers.of(settings.withCaFile(material.authority()))) {
            assertThat(ask(users, "alice", "wonder")).isPresent();
            assertThat(ask(users, "alice", "wrong")).isEmpty();
        }
        try (LdapUsers users = LdapUsers.of(settings)) {
            assertThatThrownBy(() -> ask(users, "alice", "wonder"))
                    .cause()
                    .isInstanceOf(UsersException.class)
                    .hasMessageContaining(" unreachable: ");
        }
    }

    private LdapSettings settings(LdapSettings.Login login) {
        InetSocketAddress address = slapd.orElseThrow().address();
        String url = "ldap://" + IpLiteral.format(address.getAddress()) + ':' + address.getPort();
        return LdapSettings.of(List.of(LdapServer.parse(url).orElseThrow()), login);
    }

    private static Optional<ProxyUser> ask(LdapUsers users, String name, String password) throws Exception {
        return users.authenticate(name, Secret.of(password), new InetSocketAddress(Loopback.GATEWAY, 40_000))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
