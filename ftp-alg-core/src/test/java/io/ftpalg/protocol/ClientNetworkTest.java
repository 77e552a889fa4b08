package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::", "::1, ::"})
    void isAnIpv4AddressOrAnIpv6Network(String client, String network) {
        assertThat(ClientNetwork.of(IpLiteral.parse(client).orElseThrow()))
                .isEqualTo(IpLiteral.parse(network).orElseThrow());
    }
}
