package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Logins that go where the client says, in words that no client of today says, and more than one in a session. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginDialogueIT {
    private static final String FORWARD = "forward: {allow: '127.0.0.0/8:1024-65535'}, limits: {MANY}";

    private Optional<LoginNetwork> started = Optional.empty();

    @BeforeAll
    void start() {
        started = Optional.of(LoginNetwork.start(
                NativeServer.freePort(Loopback.SERVER),
                new LoginNetwork.Listener("open", FORWARD),
                new LoginNetwork.Listener("users", FORWARD + ", login: {" + LoginNetwork.USERS + "}"),
                new LoginNetwork.Listener("percent", FORWARD + ", login: {separator: '%'}"),
                new LoginNetwork.Listener(
                        "percent users", FORWARD + ", login: {separator: '%', " + LoginNetwork.USERS + "}"),
                new LoginNetwork.Listener(
                        "first", FORWARD + ", login: {proxy-user-first: true, " + LoginNetwork.USERS + "}"),
                new LoginNetwork.Listener("one dialect", FORWARD + ", login: {dialects: 'user@host'}"),
                new LoginNetwork.Listener("anonymous", FORWARD + ", login: {anonymous-only: true}"),
                new LoginNetwork.Listener(
                        "hosts",
                        "routes: [{hosts: pure.example, upstream: 'PURE'},"
                                + " {hosts: '*.example', upstream: 'VSFTPD'}], " + FORWARD)));
    }

    @AfterAll
    void stop() {
        started.ifPresent(LoginNetwork::close);
    }

    private LoginNetwork network() {
        return started.orElseThrow();
    }

    private String pure() {
        return Target.of(network().pure()).authority();
    }

    private String vsftpd() {
        return Target.of(network().vsftpd()).authority();
    }

    private static void say(RawFtp ftp, String line, int code) throws IOException {
        RawFtp.Reply reply = ftp.ask(line);
        assertThat(reply.code()).as(line + ": " + reply.text()).isEqualTo(code);
    }

    private static void logIn(RawFtp ftp, String user) throws IOException {
        say(ftp, "USER " + user, 331);
        say(ftp, "PASS secret", 230);
    }

    @Test
    void siteThenLogin() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            say(ftp, "SITE " + pure(), 220);
            logIn(ftp, "tester");
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
            say(ftp, "SITE CHMOD 644 " + TestServer.DIRECTORY + "/" + LoginNetwork.AT_VSFTPD, 550);
        }
    }

    @Test
    void loginThenSite() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            logIn(ftp, "tester");
            say(ftp, "PWD", 530);
            say(ftp, "SITE " + pure(), 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void openTwice() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            say(ftp, "OPEN " + pure().replace(':', ' '), 220);
            logIn(ftp, "tester");
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);

            say(ftp, "OPEN " + vsftpd(), 220);
            say(ftp, "PWD", 530);
            logIn(ftp, "anonymous");
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
    }

    @Test
    void portAfterABlank() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            logIn(ftp, "tester@" + pure().replace(':', ' '));
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void anotherServerByASecondUser() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            logIn(ftp, "tester@" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
            logIn(ftp, "anonymous@" + vsftpd());
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);

            say(ftp, "REIN", 220);
            say(ftp, "PWD", 530);
            logIn(ftp, "tester@" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void oneLoginAtTheGatewayForSeveralServersUntilRein() throws IOException {
        try (RawFtp ftp = network().connect("users")) {
            say(ftp, "USER fw", 331);
            say(ftp, "PASS fwpass", 230);
            logIn(ftp, "tester@" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
            logIn(ftp, "anonymous@" + vsftpd());
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);

            say(ftp, "REIN", 220);
            say(ftp, "SITE " + pure(), 530);
            say(ftp, "USER tester@" + pure(), 331);
            say(ftp, "PASS guessed", 530);
        }
    }

    @Test
    void mailAddressesWithAnotherSeparator() throws IOException {
        try (RawFtp ftp = network().connect("percent")) {
            logIn(ftp, PureFtpd.MAIL_USER + "%" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
        try (RawFtp ftp = network().connect("percent users")) {
            say(ftp, "USER " + PureFtpd.MAIL_USER + "%me@mail.example%" + pure(), 331);
            say(ftp, "PASS secret%mailpass", 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    /** The last one divides. */
    @Test
    void mailAddressesWithTheSameSeparator() throws IOException {
        try (RawFtp ftp = network().connect("open")) {
            logIn(ftp, PureFtpd.MAIL_USER + "@" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void theUserOfTheGatewayFirst() throws IOException {
        try (RawFtp ftp = network().connect("first")) {
            say(ftp, "USER fw@tester@" + pure(), 331);
            say(ftp, "PASS fwpass@secret", 230);
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void onlyTheDialectsThatAreOn() throws IOException {
        try (RawFtp ftp = network().connect("one dialect")) {
            say(ftp, "SITE " + pure(), 530);
            say(ftp, "OPEN " + pure(), 530);
            say(ftp, "USER tester", 530);
            logIn(ftp, "tester@" + pure());
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
        }
    }

    @Test
    void anonymousUsersOnly() throws IOException {
        try (RawFtp ftp = network().connect("anonymous")) {
            say(ftp, "USER tester@" + pure(), 530);
            say(ftp, "SITE " + pure(), 220);
            say(ftp, "USER tester", 530);
            logIn(ftp, "anonymous@" + vsftpd());
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
    }

    @Test
    void hostChoosesTheServer() throws IOException {
        try (RawFtp ftp = network().connect("hosts")) {
            say(ftp, "HOST nowhere.invalid", 504);
            say(ftp, "HOST other.example", 220);
            say(ftp, "HOST pure.example", 220);
            logIn(ftp, "tester");
            LoginNetwork.assertIsAt(LoginNetwork.AT_PURE, ftp);
            say(ftp, "HOST other.example", 503);
        }
        try (RawFtp ftp = network().connect("hosts")) {
            say(ftp, "HOST other.example", 220);
            logIn(ftp, "anonymous");
            LoginNetwork.assertIsAt(LoginNetwork.AT_VSFTPD, ftp);
        }
    }

    /** What follows a login that is not complete is not mistaken for a part of it, and no word of it gets to the log. */
    @Test
    void wordsThatComeTogetherAreAnsweredInOrder() throws IOException {
        try (RawFtp ftp = network().connect("users")) {
            ftp.write(("USER tester@" + pure() + " fw\r\nPASS secret\r\nACCT fwpass\r\nPWD\r\nACCT fwpass\r\n"
                            + "USER fw\r\nPASS fwpass\r\nQUIT\r\n")
                    .getBytes(US_ASCII));

            assertThat(ftp.readToEnd()
                            .lines()
                            .filter(line -> line.matches("\\d{3} .*"))
                            .map(line -> line.substring(0, 3)))
                    .startsWith("331", "332", "230", "257")
                    .endsWith("221");
        }
    }
}
