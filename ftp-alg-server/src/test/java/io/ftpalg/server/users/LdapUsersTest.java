package io.ftpalg.server.users;

import static io.ftpalg.server.users.Directory.ask;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LdapUsersTest {
    private static final LdapSettings.Groups ALL_GROUPS = new LdapSettings.Groups(
            Optional.of("memberOf"),
            Optional.of(new LdapSettings.GroupSearch(Directory.BASE, "(|(member={dn})(memberUid={user}))", "cn")));

    private Directory directory;

    @BeforeEach
    void startDirectory() throws Exception {
        directory = Directory.plain();
    }

    @AfterEach
    void stopDirectory() {
        directory.close();
    }

    static List<LdapSettings.Login> logins() {
        return List.of(Directory.SEARCH, Directory.DIRECT);
    }

    @ParameterizedTest
    @MethodSource("logins")
    void knowsUsersTheirPasswordsAndTheirGroups(LdapSettings.Login login) throws Exception {
        try (LdapUsers users = users(login)) {
            assertThat(ask(users, "alice", "secret")).contains(new ProxyUser("alice", Set.of("staff", "admins")));
            assertThat(ask(users, "bob", "secret")).contains(new ProxyUser("bob", Set.of()));
            assertThat(ask(users, "alice", "Secret")).isEmpty();
            assertThat(ask(users, "nobody", "secret")).isEmpty();
            assertThat(ask(users, "alice", "secret")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void searchesGroups(LdapSettings.Login login) throws Exception {
        try (LdapUsers users =
                LdapUsers.of(LdapSettings.of(List.of(directory.at()), login).withGroups(ALL_GROUPS))) {
            assertThat(ask(users, "alice", "secret"))
                    .map(ProxyUser::groups)
                    .contains(Set.of("staff", "admins", "pilots"));
            assertThat(ask(users, "bob", "secret")).map(ProxyUser::groups).contains(Set.of("sailors"));
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void asksNothingForAnEmptyPasswordOrName(LdapSettings.Login login) throws Exception {
        try (LdapUsers users = users(login)) {
            assertThat(ask(users, "alice", "")).isEmpty();
            assertThat(ask(users, "", "secret")).isEmpty();
            assertThat(ask(users, " ", "secret")).isEmpty();

            assertThat(directory.binds()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "ali*", "alice)(objectClass=*", "*)(uid=alice", "alice,ou=people", "\u0000"})
    void takesNoNameForMoreThanAName(String name) throws Exception {
        try (LdapUsers searching = users(Directory.SEARCH);
                LdapUsers direct = users(Directory.DIRECT)) {
            assertThat(ask(searching, name, "secret")).isEmpty();
            assertThat(ask(direct, name, "secret")).isEmpty();
        }
    }

    @Test
    void triesALoginForAnUnknownNameToo() throws Exception {
        try (LdapUsers users = users(Directory.SEARCH)) {
            assertThat(ask(users, "alice", "wrong")).isEmpty();
            List<String> known = List.copyOf(directory.binds());
            directory.binds().clear();
            assertThat(ask(users, "nobody", "wrong")).isEmpty();

            assertThat(known.subList(1, 3))
                    .containsExactly("uid=alice,ou=people,dc=example,dc=com", Directory.SEARCHER.dn());
            assertThat(directory.binds()).containsExactly("cn=no such user,dc=example,dc=com", Directory.SEARCHER.dn());
        }
    }

    @Test
    void refusesANameOfSeveralEntries() throws Exception {
        try (LogCapture log = new LogCapture(LdapDirectory.class);
                LdapUsers users = users(Directory.SEARCH)) {
            assertThat(ask(users, "twin", "secret")).isEmpty();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN login refused: several entries for one name");
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void requiresWhatTheEntryMustHave(LdapSettings.Login login) throws Exception {
        LdapSettings settings =
                LdapSettings.of(List.of(directory.at()), login).withRequired(new LdapSettings.Required("flag", "TRUE"));
        try (LdapUsers users = LdapUsers.of(settings)) {
            assertThat(ask(users, "alice", "secret")).isPresent();
            assertThat(ask(users, "alice", "wrong")).isEmpty();
            assertThat(ask(users, "bob", "secret")).isEmpty();
            assertThat(ask(users, sent("j\u00f6rg"), "secret")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void spellsNamesAsTheDirectoryDoes(LdapSettings.Login login) throws Exception {
        try (LdapUsers users = users(login)) {
            assertThat(ask(users, "ALICE", "secret")).map(ProxyUser::name).contains("alice");
            assertThat(ask(users, sent("j\u00f6rg"), "secret"))
                    .map(ProxyUser::name)
                    .contains(sent("j\u00f6rg"));
            assertThat(ask(users, "j\u00f6rg", "secret")).map(ProxyUser::name).contains(sent("j\u00f6rg"));
        }
    }

    /** Routes compare them with what clients say. */
    @Test
    void tellsGroupsAsClientsWouldSayThem() throws Exception {
        directory
                .server()
                .modify(
                        "uid=bob,ou=people,dc=example,dc=com",
                        new Modification(
                                ModificationType.ADD, "memberOf", "cn=gr\u00f6\u00dfe,ou=groups,dc=example,dc=com"));
        try (LdapUsers users = users(Directory.SEARCH)) {
            assertThat(ask(users, "bob", "secret")).map(ProxyUser::groups).contains(Set.of(sent("gr\u00f6\u00dfe")));
        }
    }

    @Test
    void sendsTheSearchersPasswordAsItsFileHasIt() throws Exception {
        directory
                .server()
                .modify(
                        "uid=bob,ou=people,dc=example,dc=com",
                        new Modification(ModificationType.REPLACE, "userPassword", "w\u00f6rt".getBytes(UTF_8)));
        LdapSettings.Searcher bob =
                new LdapSettings.Searcher("uid=bob,ou=people,dc=example,dc=com", Secret.of(sent("w\u00f6rt")));
        try (LdapUsers users =
                users(new LdapSettings.SearchThenBind(Directory.BASE, "(uid={user})", Optional.of(bob)))) {
            assertThat(ask(users, "alice", "secret")).isPresent();
        }
    }

    @Test
    void sendsThePasswordsBytesAsTheClientSentThem() throws Exception {
        directory
                .server()
                .modify(
                        "uid=bob,ou=people,dc=example,dc=com",
                        new Modification(ModificationType.REPLACE, "userPassword", "gr\u00fc\u00dfe".getBytes(UTF_8)));
        try (LdapUsers users = users(Directory.SEARCH)) {
            assertThat(ask(users, "bob", sent("gr\u00fc\u00dfe"))).isPresent();
            assertThat(ask(users, "bob", "gr\u00fc\u00dfe")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void asksTheNextServerIfOneIsDown(LdapSettings.Login login) throws Exception {
        try (LdapUsers users = LdapUsers.of(LdapSettings.of(List.of(nobody(), directory.at()), login))) {
            assertThat(ask(users, "alice", "secret")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void failsWhileTheDirectoryIsDownAndWorksAgainWhenItIsBack(LdapSettings.Login login) throws Exception {
        try (LdapUsers users = users(login)) {
            assertThat(ask(users, "alice", "secret")).isPresent();

            LdapServer server = directory.at();
            directory.server().shutDown(true);
            assertThatThrownBy(() -> ask(users, "alice", "secret"))
                    .cause()
                    .isInstanceOf(UsersException.class)
                    .hasMessageStartingWith("LDAP " + server + " unreachable: ")
                    .hasMessageNotContaining("\n");

            directory.server().startListening();
            assertThat(ask(users, "alice", "secret")).isPresent();
        }
    }

    @Test
    void startsWhileTheDirectoryIsDown() throws Exception {
        try (LdapUsers users = LdapUsers.of(LdapSettings.of(List.of(nobody()), Directory.SEARCH))) {
            assertThatThrownBy(() -> ask(users, "alice", "secret"))
                    .cause()
                    .isInstanceOf(UsersException.class)
                    .hasMessageContaining(" unreachable: ");
        }
    }

    @Test
    void usesANewConnectionForOneThatTheServerEnded() throws Exception {
        try (LdapUsers users = users(Directory.SEARCH)) {
            assertThat(ask(users, "alice", "secret")).isPresent();

            directory.server().closeAllConnections(false);

            assertThat(ask(users, "alice", "secret")).isPresent();
        }
    }

    @Test
    void doesNotTakeTheSearchersWrongPasswordForTheUsers() throws Exception {
        LdapSettings.Searcher wrong = new LdapSettings.Searcher(Directory.SEARCHER.dn(), Secret.of("wrong"));
        try (LdapUsers users =
                users(new LdapSettings.SearchThenBind(Directory.BASE, "(uid={user})", Optional.of(wrong)))) {
            assertThatThrownBy(() -> ask(users, "alice", "secret"))
                    .cause()
                    .isInstanceOf(UsersException.class)
                    .hasMessageStartingWith("LDAP " + directory.at() + " refuses: invalid credentials");
        }
    }

    private LdapUsers users(LdapSettings.Login login) throws UsersException {
        return LdapUsers.of(LdapSettings.of(List.of(directory.at()), login));
    }

    /** Returns a server that is not there. */
    private static LdapServer nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return LdapServer.parse("ldap://127.0.0.1:" + socket.getLocalPort()).orElseThrow();
        }
    }

    private static String sent(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
