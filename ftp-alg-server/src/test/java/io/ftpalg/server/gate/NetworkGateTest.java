package io.ftpalg.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpReply;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkGateTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 192.0.2.1, true",
        "192.0.2.0/24, '', 192.0.2.1, true",
        "192.0.2.0/24, '', 192.0.3.1, false",
        "192.0.2.0/24, '', ::ffff:192.0.2.1, true",
        "192.0.2.0/24 2001:db8::/32, '', 2001:db8::1, true",
        "192.0.2.0/24, '', 2001:db8::1, false",
        "'', 192.0.2.0/24, 192.0.2.1, false",
        "'', 192.0.2.0/24, 192.0.3.1, true",
        "192.0.2.0/24, 192.0.2.1, 192.0.2.1, false",
        "192.0.2.0/24, 192.0.2.1, 192.0.2.2, true",
        "192.0.2.1, 192.0.2.0/24, 192.0.2.1, false"
    })
    void letsInWhoIsAllowedAndNotDenied(String allow, String deny, String client, boolean in) {
        NetworkGate gate = new NetworkGate(networks(allow), networks(deny));

        assertThat(gate.refuse(new InetSocketAddress(client, 40_000))
                        .map(FtpReply::code)
                        .orElse(0))
                .isEqualTo(in ? 0 : 421);
    }

    private static List<Cidr> networks(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" "))
                        .map(Cidr::parse)
                        .map(found -> found.orElseThrow())
                        .toList();
    }
}
