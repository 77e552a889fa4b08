package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.login.LoginGuard.Answer;
import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFailuresTest {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final InetAddress CLIENT = address("192.0.2.1");

    private long now;
    private final LoginFailures failures = new LoginFailures(
            Limits.builder()
                    .failedLoginsPerAddress(3)
                    .failedLoginsPerUser(5)
                    .failedLoginWindow(Duration.ofNanos(WINDOW))
                    .build(),
            () -> now);

    @ParameterizedTest
    @ValueSource(longs = {0, -7_000_000_000L, Long.MAX_VALUE - 10})
    void letsAnAddressTryUntilItHasFailedAsOftenAsAllowedAndAgainAfterTheWindow(long began) {
        now = began;
        for (int i = 0; i < 3; i++) {
            assertThat(mayTry(CLIENT, "u" + i)).isTrue();
            failures.failed(CLIENT, "u" + i);
        }

        assertThat(mayTry(CLIENT, "somebody")).isFalse();
        assertThat(mayTry(address("192.0.2.2"), "u1")).isTrue();
        now = began + WINDOW - 1;
        assertThat(mayTry(CLIENT, "somebody")).isFalse();
        now = began + WINDOW;
        assertThat(mayTry(CLIENT, "somebody")).isTrue();
    }

    @Test
    void letsAUserBeTriedUntilAsManyFailedFromWhereverAsAllowed() {
        for (int i = 1; i <= 5; i++) {
            assertThat(mayTry(address("192.0.2." + i), "alice")).isTrue();
            failures.failed(address("192.0.2." + i), "alice");
        }

        assertThat(mayTry(address("192.0.2.9"), "alice")).isFalse();
        assertThat(mayTry(address("192.0.2.9"), "bob")).isTrue();
        now += WINDOW;
        assertThat(mayTry(address("192.0.2.9"), "alice")).isTrue();
    }

    @Test
    void slidesTheWindowWithEachFailure() {
        failures.failed(CLIENT, "a");
        now = WINDOW / 2;
        failures.failed(CLIENT, "a");
        failures.failed(CLIENT, "a");
        assertThat(mayTry(CLIENT, "b")).isFalse();

        now = WINDOW;

        assertThat(mayTry(CLIENT, "b")).isTrue();
        failures.failed(CLIENT, "a");
        assertThat(mayTry(CLIENT, "b")).isFalse();
    }

    @Test
    void countsTheLatestWhereMoreFailThanAllowed() {
        for (int i = 0; i < 6; i++) {
            now = i;
            failures.failed(CLIENT, "u" + i);
        }

        now = WINDOW + 2;

        assertThat(mayTry(CLIENT, "somebody")).isFalse();
        now = WINDOW + 3;
        assertThat(mayTry(CLIENT, "somebody")).isTrue();
    }

    @Test
    void forgetsWithASuccessThatUserFromThatAddressOnly() {
        failures.failed(CLIENT, "victim");
        failures.failed(CLIENT, "victim");
        failures.failed(CLIENT, "own");

        failures.succeeded(CLIENT, "own");

        assertThat(mayTry(CLIENT, "victim")).isTrue();
        failures.failed(CLIENT, "victim");
        failures.succeeded(CLIENT, "own");
        assertThat(mayTry(CLIENT, "victim")).isFalse();
        failures.succeeded(CLIENT, "victim");
        assertThat(mayTry(CLIENT, "victim")).isTrue();
    }

    @Test
    void keepsOfAUserWhoSucceededWhatFailedElsewhere() {
        for (int i = 1; i <= 5; i++) {
            failures.failed(address("192.0.2." + i), "alice");
        }

        failures.succeeded(address("192.0.2.1"), "alice");

        assertThat(mayTry(address("192.0.2.1"), "alice")).isTrue();
        failures.failed(address("192.0.2.1"), "alice");
        assertThat(mayTry(address("192.0.2.1"), "alice")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, false",
        "2001:db8:1:2::1, 2001:db8:1:3::1, true",
        "192.0.2.1, 192.0.2.2, true"
    })
    void countsIpv6ByItsNetwork(String failing, String other, boolean mayTry) {
        for (int i = 0; i < 3; i++) {
            failures.failed(address(failing), "u" + i);
        }

        assertThat(mayTry(address(other), "somebody")).isEqualTo(mayTry);
    }

    @Test
    void countsAnIpv4ClientOfAnIpv6SocketAsThatIpv4Client() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        System.arraycopy(CLIENT.getAddress(), 0, mapped, 12, 4);
        for (int i = 0; i < 3; i++) {
            failures.failed(Inet6Address.getByAddress("", mapped, 0), "u" + i);
        }

        assertThat(mayTry(CLIENT, "somebody")).isFalse();
    }

    @Test
    void countsNamesThatDifferInCaseOrBlanksAsOne() {
        List<String> spellings = List.of("alice", "Alice", "ALICE", " alice", "alice ");
        for (int i = 0; i < 5; i++) {
            failures.failed(address("192.0.2." + i), spellings.get(i));
        }

        assertThat(mayTry(address("192.0.2.9"), "aLiCe")).isFalse();
    }

    @Test
    void remembersSoManyAndForgetsWhoFailedLongestAgo() {
        for (int i = 0; i < 3; i++) {
            failures.failed(CLIENT, "first");
            failures.failed(address("192.0.2.2"), "second");
        }
        failures.failed(CLIENT, "first");
        for (int i = 0; i < LoginFailures.MOST - 1; i++) {
            failures.failed(address("10.1." + (i >> 8) + '.' + (i & 0xFF)), "u" + i);
        }

        assertThat(failures.remembered()).isEqualTo(LoginFailures.MOST);
        assertThat(mayTry(address("192.0.2.2"), "somebody")).isTrue();
        assertThat(mayTry(CLIENT, "somebody")).isFalse();
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        for (int i = 0; i < 100; i++) {
            failures.failed(address("192.0.2." + i), "u" + i);
        }
        now = WINDOW;

        failures.failed(CLIENT, "one");

        assertThat(failures.remembered()).isEqualTo(1);
    }

    @Test
    void countsNamesThatAreTooLongByTheirBeginning() {
        for (int i = 1; i <= 5; i++) {
            failures.failed(address("192.0.2." + i), "a".repeat(8000) + i);
        }

        assertThat(mayTry(address("192.0.2.9"), "a".repeat(8000))).isFalse();
    }

    @RepeatedTest(8)
    void losesNoFailureOfSeveralThreads() throws Exception {
        // Together as many as the limits can be.
        int each = 249;
        LoginFailures shared = new LoginFailures(
                Limits.builder()
                        .failedLoginsPerAddress(4 * each)
                        .failedLoginsPerUser(4 * each + 1)
                        .build(),
                () -> 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int n = 0; n < each; n++) {
                            assertThat(shared.begin(CLIENT, "u")).isEqualTo(Answer.ALLOWED);
                            shared.failed(CLIENT, "u");
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        threads.shutdown();

        assertThat(shared.begin(CLIENT, "u")).isEqualTo(Answer.REFUSED);
        assertThat(shared.trying()).isZero();
    }

    // ---- attempts in progress

    @Test
    void countsAttemptsFromTheirStartSoThatNoMoreAreInProgressThanMayFail() {
        for (int i = 0; i < 3; i++) {
            assertThat(failures.begin(CLIENT, "u" + i)).isEqualTo(Answer.ALLOWED);
        }

        assertThat(failures.begin(CLIENT, "right")).isEqualTo(Answer.BUSY);
        assertThat(failures.begin(address("192.0.2.2"), "right")).isEqualTo(Answer.ALLOWED);
        for (int i = 0; i < 3; i++) {
            failures.failed(CLIENT, "u" + i);
        }
        assertThat(failures.begin(CLIENT, "right")).isEqualTo(Answer.REFUSED);
    }

    @Test
    void countsAttemptsOfAUserFromTheirStartWhereverTheyComeFrom() {
        for (int i = 1; i <= 5; i++) {
            assertThat(failures.begin(address("192.0.2." + i), "alice")).isEqualTo(Answer.ALLOWED);
        }

        assertThat(failures.begin(address("192.0.2.9"), "Alice")).isEqualTo(Answer.BUSY);
        assertThat(failures.begin(address("192.0.2.9"), "bob")).isEqualTo(Answer.ALLOWED);
    }

    /** Those behind one address who all know their passwords wait for one another, and nobody is refused. */
    @Test
    void givesBackTheAttemptsThatSucceedOrCouldNotBeJudged() {
        for (int i = 0; i < 3; i++) {
            failures.begin(CLIENT, "u" + i);
        }

        failures.succeeded(CLIENT, "u0");
        assertThat(failures.begin(CLIENT, "u3")).isEqualTo(Answer.ALLOWED);
        assertThat(failures.begin(CLIENT, "u4")).isEqualTo(Answer.BUSY);
        failures.undecided(CLIENT, "u1");
        assertThat(failures.begin(CLIENT, "u4")).isEqualTo(Answer.ALLOWED);

        assertThat(failures.trying()).isEqualTo(3);
        assertThat(failures.remembered()).isZero();
    }

    /** Tells whether a password could be tried, and tries none. */
    private boolean mayTry(InetAddress client, String user) {
        boolean allowed = failures.begin(client, user) == Answer.ALLOWED;
        if (allowed) {
            failures.undecided(client, user);
        }
        return allowed;
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
