package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SendProxyTest {

    @Test
    void isForControlConnectionsByDefault() {
        assertThat(SendProxy.of(SendProxy.Version.V1)).isEqualTo(new SendProxy(SendProxy.Version.V1, false, Set.of()));
    }

    @Test
    void refusesTlvsWithoutVersion2() {
        assertThatThrownBy(() -> new SendProxy(SendProxy.Version.V1, true, Set.of(SendProxy.Tlv.SSL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use version 2");
    }
}
