package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limits;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFailuresTest {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final InetAddress CLIENT = address("192.0.2.1");

    private long now;
    private final LoginFailures failures = new LoginFailures(Limits.builder().failedLoginsPerAddress(3)
            .failedLoginsPerUser(5).failedLoginWindow(Duration.ofNanos(WINDOW)).build(), () -> now);

    @ParameterizedTest
    @ValueSource(longs = {0, -7_000_000_000L, Long.MAX_VALUE - 10})
    void letsAnAddressTryUntilItHasFailedAsOftenAsAllowedAndAgainAfterTheWindow(long began) {
        now = began;
        for (int i = 0; i < 3; i++) {
            assertThat(failures.mayTry(CLIENT, "u" + i)).isTrue();
            failures.failed(CLIENT, "u" + i);
        }

        assertThat(failures.mayTry(CLIENT, "somebody")).isFalse();
        assertThat(failures.mayTry(address("192.0.2.2"), "u1")).isTrue();
        now = began + WINDOW - 1;
        assertThat(failures.mayTry(CLIENT, "somebody")).isFalse();
        now = began + WINDOW;
        assertThat(failures.mayTry(CLIENT, "somebody")).isTrue();
    }

    @Test
    void letsAUserBeTriedUntilAsManyFailedFromWhereverAsAllowed() {
        for (int i = 1; i <= 5; i++) {
            assertThat(failures.mayTry(address("192.0.2." + i), "alice")).isTrue();
            failures.failed(address("192.0.2." + i), "alice");
        }

        assertThat(failures.mayTry(address("192.0.2.9"), "alice")).isFalse();
        assertThat(failures.mayTry(address("192.0.2.9"), "bob")).isTrue();
        now += WINDOW;
        assertThat(failures.mayTry(address("192.0.2.9"), "alice")).isTrue();
    }

    @Test
    void slidesTheWindowWithEachFailure() {
        failures.failed(CLIENT, "a");
        now = WINDOW / 2;
        failures.failed(CLIENT, "a");
        failures.failed(CLIENT, "a");
        assertThat(failures.mayTry(CLIENT, "b")).isFalse();

        now = WINDOW;

        assertThat(failures.mayTry(CLIENT, "b")).isTrue();
        failures.failed(CLIENT, "a");
        assertThat(failures.mayTry(CLIENT, "b")).isFalse();
    }

    @Test
    void countsTheLatestWhereMoreFailThanAllowed() {
        for (int i = 0; i < 6; i++) {
            now = i;
            failures.failed(CLIENT, "u" + i);
        }

        now = WINDOW + 2;

        assertThat(failures.mayTry(CLIENT, "somebody")).isFalse();
        now = WINDOW + 3;
        assertThat(failures.mayTry(CLIENT, "somebody")).isTrue();
    }

    @Test
    void forgetsWithASuccessThatUserFromThatAddressOnly() {
        failures.failed(CLIENT, "victim");
        failures.failed(CLIENT, "victim");
        failures.failed(CLIENT, "own");

        failures.succeeded(CLIENT, "own");

        assertThat(failures.mayTry(CLIENT, "victim")).isTrue();
        failures.failed(CLIENT, "victim");
        failures.succeeded(CLIENT, "own");
        assertThat(failures.mayTry(CLIENT, "victim")).isFalse();
        failures.succeeded(CLIENT, "victim");
        assertThat(failures.mayTry(CLIENT, "victim")).isTrue();
    }

    @Test
    void keepsOfAUserWhoSucceededWhatFailedElsewhere() {
        for (int i = 1; i <= 5; i++) {
            failures.failed(address("192.0.2." + i), "alice");
        }

        failures.succeeded(address("192.0.2.1"), "alice");

        assertThat(failures.mayTry(address("192.0.2.1"), "alice")).isTrue();
        failures.failed(address("192.0.2.1"), "alice");
        assertThat(failures.mayTry(address("192.0.2.1"), "alice")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:2:ffff::9, false", "2001:db8:1:2::1, 2001:db8:1:3::1, true",
        "192.0.2.1, 192.0.2.2, true"})
    void countsIpv6ByItsNetwork(String failing, String other, boolean mayTry) {
        for (int i = 0; i < 3; i++) {
            failures.failed(address(failing), "u" + i);
        }

        assertThat(failures.mayTry(address(other), "somebody")).isEqualTo(mayTry);
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

        assertThat(failures.mayTry(CLIENT, "somebody")).isFalse();
    }

    @Test
    void countsNamesThatDifferInCaseOrBlanksAsOne() {
        List<String> spellings = List.of("alice", "Alice", "ALICE", " alice", "alice ");
        for (int i = 0; i < 5; i++) {
            failures.failed(address("192.0.2." + i), spellings.get(i));
        }

        assertThat(failures.mayTry(address("192.0.2.9"), "aLiCe")).isFalse();
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
        assertThat(failures.mayTry(address("192.0.2.2"), "somebody")).isTrue();
        assertThat(failures.mayTry(CLIENT, "somebody")).isFalse();
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

        assertThat(failures.mayTry(address("192.0.2.9"), "a".repeat(8000))).isFalse();
    }

    @Test
    void losesNoFailureOfSeveralThreads() throws Exception {
        int each = 2000;
        LoginFailures shared = new LoginFailures(Limits.builder().failedLoginsPerAddress(4 * each)
                .failedLoginsPerUser(4 * each + 1).build(), () -> 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < each; n++) {
                    assertThat(shared.mayTry(CLIENT, "u")).isTrue();
                    shared.failed(CLIENT, "u");
                }
            }, threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        threads.shutdown();

        assertThat(shared.mayTry(CLIENT, "u")).isFalse();
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
