package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** By what network a client is counted, {@link AdmissionTest} tests. */
class RefusedClientsTest {
    private static final Limits LIMITS =
            Limits.builder().refusedClients(5).refusedClientsPerAddress(3).build();

    private final RefusedClients clients = new RefusedClients();

    @Test
    void areAsManyPerAddressAsAllowed() {
        for (int i = 0; i < 3; i++) {
            assertThat(clients.enter(address(1), LIMITS)).isTrue();
        }

        assertThat(clients.enter(address(1), LIMITS)).isFalse();
        assertThat(clients.enter(address(2), LIMITS)).isTrue();
        assertThat(clients.count()).isEqualTo(4);
    }

    @Test
    void areAsManyInAllAsAllowed() {
        for (int i = 1; i <= 5; i++) {
            assertThat(clients.enter(address(i), LIMITS)).isTrue();
        }

        assertThat(clients.enter(address(6), LIMITS)).isFalse();
        assertThat(clients.count()).isEqualTo(5);
    }

    @Test
    void giveTheirPlaceBackOnceEach() {
        for (int i = 0; i < 3; i++) {
            clients.enter(address(1), LIMITS);
        }
        clients.enter(address(1), LIMITS);

        clients.leave(address(1));

        assertThat(clients.enter(address(1), LIMITS)).isTrue();
        assertThat(clients.enter(address(1), LIMITS)).isFalse();
        for (int i = 0; i < 3; i++) {
            clients.leave(address(1));
        }
        assertThat(clients.count()).isZero();
    }

    private static InetAddress address(int last) {
        return IpLiteral.parse("192.0.2." + last).orElseThrow();
    }
}
