package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class DnsNamesTest {

    /** By the hosts file: nothing here may ask a server. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void knowsLocalhost(Transport transport) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        try (DnsNames names = new DnsNames(transport)) {
            assertThat(House.soon(names.on(group.next()).resolve("localhost").toCompletableFuture()))
                    .isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        } finally {
            assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
