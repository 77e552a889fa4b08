package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialRequestTest {

    @Test
    void refusesANameThatWasNotResolved() {
        assertThatThrownBy(() -> new DialRequest(InetSocketAddress.createUnresolved("ftp.example", 20),
                Optional.empty(), Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesATimeoutOfNothing() {
        assertThatThrownBy(() -> new DialRequest(new InetSocketAddress(Bed.LOCALHOST, 20), Optional.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
