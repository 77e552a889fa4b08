package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Users of the gateway, in files and in a directory: the server that they get to, and who they are there. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginUsersIT {
    private static final String FILES = "login: {" + LoginNetwork.USERS + "}, limits: {MANY}";
    private static final String TESTER = "send-user: tester, send-password-file: server.password";
    private static final String VISITOR = "send-user: anonymous, send-password-file: server.password";

    private final TlsMaterial material = TlsMaterial.create();
    private Optional<Slapd> slapd = Optional.empty();
    private Optional<LoginNetwork> started = Optional.empty();

    @BeforeAll
    void start() {
        slapd = Optional.of(Slapd.start(material.rsaServer()));
        String directory = """
                login: {ldap: {servers: 'ldap://%s', search-base: '%s', search-filter: '(uid={user})', search-dn: '%s',\
                 search-password-file: searcher.password, group-base: '%s'}}, limits: {MANY}""".formatted(
                        new Target(slapd.get().address(), "", "").authority(), Slapd.BASE, Slapd.SEARCHER, Slapd.BASE);
        started = Optional.of(LoginNetwork.start(
                NativeServer.freePort(Loopback.SERVER),
                new LoginNetwork.Listener("one login", "upstream: 'PURE', " + FILES),
                new LoginNetwork.Listener(
                        "two logins",
                        "upstream: 'PURE', limits: {MANY}, login: {dialects: 'user@proxyuser', " + LoginNetwork.USERS
                                + "}"),
                new LoginNetwork.Listener(
                        "routes",
                        "routes: [{groups: office, upstream: 'VSFTPD', " + VISITOR
                                + "}, {users: 'f*', upstream: 'PURE', " + TESTER + "}], upstream: 'PURE', " + FILES),
                new LoginNetwork.Listener("directory", "forward: {allow: '127.0.0.0/8:1024-65535'}, " + directory),
                new LoginNetwork.Listener(
                        "directory routes",
                        "routes: [{groups: pilots, upstream: 'PURE', " + TESTER
                                + "}, {clients: '0.0.0.0/0', upstream: 'VSFTPD', " + VISITOR + "}], " + directory)));
    }

    @AfterAll
    void stop() {
        started.ifPresent(LoginNetwork::close);
        slapd.ifPresent(Slapd::close);
        material.close();
    }

    private LoginNetwork network() {
        return started.orElseThrow();
    }

    /** Returns the answers to the words, each with its code only. */
    private static List<Integer> say(RawFtp ftp, String... lines) throws IOException {
        Integer[] codes = new Integer[lines.length];
        for (int i = 0; i < lines.length; i++) {
            codes[i] = ftp.ask(lines[i]).code();
        }
        return List.of(codes);
    }

    @Test
    void oneLoginIsForTheGatewayAndTheServer() throws IOException {
        try (RawFtp ftp = network().connect("one login")) {
            assertThat(say(ftp, "PWD", "USER tester", "PASS guessed", "USER tester", "PASS secret"))
                    .containsExactly(530, 331, 530, 331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
        try (RawFtp ftp = network().connect("one login")) {
            assertThat(say(ftp, "USER fw", "PASS fwpass"))
                    .as("the server does not know fw")
                    .containsExactly(331, 530);
        }
    }

    @Test
    void realClientsLogInOnce() {
        RoundTrip.check(
                new Curl(),
                new Target(network().at("one login"), "tester", "secret"),
                DataSyntax.EPSV,
                network().pure(),
                List.of(0, 300_000));
        RoundTrip.check(
                new Lftp(),
                new Target(network().at("routes"), "fw", "fwpass"),
                DataSyntax.PASV,
                network().pure(),
                List.of(0, 300_000));
    }

    @Test
    void twoUsersAndTwoPasswordsInOneLogin() throws IOException {
        try (RawFtp ftp = network().connect("two logins")) {
            assertThat(say(ftp, "USER tester@fw", "PASS secret@guessed", "USER tester@fw", "PASS secret@fwpass"))
                    .containsExactly(331, 530, 331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    /** As people do who mistyped the password of the server. */
    @Test
    void aLoginThatIsRepeatedIsForTheGatewayAgain() throws IOException {
        try (RawFtp ftp = network().connect("two logins")) {
            assertThat(say(ftp, "USER tester@fw", "PASS guessed@fwpass", "USER tester@fw", "PASS secret@fwpass"))
                    .containsExactly(331, 530, 331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
        try (RawFtp ftp = network().connect("routes")) {
            assertThat(say(ftp, "USER fw", "PASS fwpass", "USER clerk", "PASS clerkpass"))
                    .containsExactly(331, 230, 331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
    }

    /** The password that the gateway sends is not the client's, and the client's is the gateway's affair. */
    @Test
    void routesSendTheCredentialsOfTheServer() throws IOException {
        try (RawFtp ftp = network().connect("routes")) {
            assertThat(say(ftp, "USER fw", "PASS secret", "USER fw", "PASS fwpass"))
                    .containsExactly(331, 530, 331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
        try (RawFtp ftp = network().connect("routes")) {
            assertThat(say(ftp, "USER clerk", "PASS clerkpass")).as("office").containsExactly(331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
        try (RawFtp ftp = network().connect("routes")) {
            assertThat(say(ftp, "USER argon", "PASS secret"))
                    .as("the server does not know argon")
                    .containsExactly(331, 530);
        }
    }

    @Test
    void usersOfTheDirectoryNameTheirServer() throws IOException {
        String there = Target.of(network().pure()).authority();
        try (RawFtp ftp = network().connect("directory")) {
            assertThat(say(ftp, "USER alice", "PASS guessed")).containsExactly(331, 530);
            assertThat(say(ftp, "USER alice", "PASS wonder")).containsExactly(331, 230);
            assertThat(say(ftp, "USER tester@" + there, "PASS secret")).containsExactly(331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void groupsOfTheDirectoryChooseTheServer() throws IOException {
        try (RawFtp ftp = network().connect("directory routes")) {
            assertThat(say(ftp, "USER alice", "PASS wonder")).as("pilot").containsExactly(331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
        try (RawFtp ftp = network().connect("directory routes")) {
            assertThat(say(ftp, "USER bob", "PASS canwefixit")).as("no pilot").containsExactly(331, 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
    }
}
