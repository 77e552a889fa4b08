package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerChangesTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress TWO = new InetSocketAddress("127.0.0.1", 2);
    private static final InetSocketAddress THREE = new InetSocketAddress("127.0.0.1", 3);

    @Test
    void areToldByAddressAndNotByPlace() {
        assertThat(ListenerChanges.of(List.of(ONE, TWO), List.of(TWO, THREE), 7))
                .isEqualTo(new ListenerChanges(List.of(TWO), List.of(THREE), List.of(ONE), 7));
    }
}
