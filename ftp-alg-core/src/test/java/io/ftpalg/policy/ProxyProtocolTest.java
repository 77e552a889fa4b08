package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyProtocolTest {

    @Test
    void believesItsNetworksOnly() {
        ProxyProtocol balancers = new ProxyProtocol(
                List.of(
                        Cidr.parse("10.0.0.0/8").orElseThrow(),
                        Cidr.parse("fd00::/8").orElseThrow()),
                true,
                false);

        assertThat(balancers.isFrom(IpLiteral.parse("10.1.2.3").orElseThrow())).isTrue();
        assertThat(balancers.isFrom(IpLiteral.parse("::ffff:10.1.2.3").orElseThrow()))
                .isTrue();
        assertThat(balancers.isFrom(IpLiteral.parse("fd00::1").orElseThrow())).isTrue();
        assertThat(balancers.isFrom(IpLiteral.parse("11.1.2.3").orElseThrow())).isFalse();
        assertThat(balancers.isFrom(IpLiteral.parse("fe80::1").orElseThrow())).isFalse();
    }

    @Test
    void needsANetwork() {
        assertThatThrownBy(() -> new ProxyProtocol(List.of(), true, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
