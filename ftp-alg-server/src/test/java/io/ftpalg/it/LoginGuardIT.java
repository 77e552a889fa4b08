package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Clients that try passwords: each takes its time, and there are not many. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginGuardIT {
    private static final String USERS = "login: {" + LoginNetwork.USERS + "}";
    private static final String FORWARD = "forward: {allow: '127.0.0.0/8:1024-65535'}, limits: {MANY}";

    private Optional<LoginNetwork> started = Optional.empty();

    @BeforeAll
    void start() {
        started = Optional.of(LoginNetwork.start(
                NativeServer.freePort(Loopback.SERVER),
                new LoginNetwork.Listener("session", FORWARD + ", " + USERS),
                new LoginNetwork.Listener(
                        "address", "upstream: 'PURE', limits: {MANY, failed-logins-per-address: 3}, " + USERS),
                new LoginNetwork.Listener(
                        "user", "upstream: 'PURE', limits: {MANY, failed-logins-per-user: 2}, " + USERS),
                new LoginNetwork.Listener("server", "upstream: 'PURE', limits: {MANY, failed-logins: 1}")));
    }

    @AfterAll
    void stop() {
        started.ifPresent(LoginNetwork::close);
    }

    private LoginNetwork network() {
        return started.orElseThrow();
    }

    private static int tries(RawFtp ftp, String user, String password) throws IOException {
        assertThat(ftp.ask("USER " + user).code()).isEqualTo(331);
        return ftp.ask("PASS " + password).code();
    }

    private static int tries(RawFtp ftp, String password) throws IOException {
        try (ftp) {
            return tries(ftp, "tester", password);
        }
    }

    @Test
    void fiveWrongPasswordsEndTheSession() throws IOException {
        try (RawFtp ftp = network().connect("session")) {
            long begin = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                assertThat(tries(ftp, "user" + i, "guessed")).isEqualTo(530);
            }

            assertThat(ftp.read().code()).isEqualTo(421);
            assertThat(ftp.readToEnd()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(network().jar().awaitLog("session closed cause=TOO_MANY_LOGINS", 1))
                .contains(" server=- ");
    }

    @Test
    void anAddressHasThreeTriesInAllItsSessions() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(tries(network().connect("address"), "guessed")).isEqualTo(530);
        }

        assertThat(tries(network().connect("address"), "secret"))
                .as("the right one")
                .isEqualTo(530);
        RawFtp neighbour = RawFtp.connect(network().at("address"), Loopback.STRANGER);
        assertThat(neighbour.read().code()).isEqualTo(220);
        assertThat(tries(neighbour, "secret")).as("from elsewhere").isEqualTo(230);
    }

    @Test
    void aUserHasTwoTriesFromWherever() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(tries(network().connect("user"), "guessed")).isEqualTo(530);
        }

        RawFtp stranger = RawFtp.connect(network().at("user"), Loopback.STRANGER);
        assertThat(stranger.read().code()).isEqualTo(220);
        assertThat(tries(stranger, "secret"))
                .as("the right one, from elsewhere")
                .isEqualTo(530);
    }

    @Test
    void passwordsThatTheServerRefusesCount() throws IOException {
        try (RawFtp ftp = network().connect("server")) {
            assertThat(tries(ftp, "tester", "guessed")).isEqualTo(530);
            assertThat(ftp.read().code()).isEqualTo(421);
        }
    }
}
