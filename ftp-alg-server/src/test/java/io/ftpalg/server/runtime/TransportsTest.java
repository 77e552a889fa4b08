package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.TransportType;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;

class TransportsTest {

    @Test
    void nioRunsEverywhere() {
        assertThat(Transports.missing(TransportType.NIO)).isEmpty();
        assertThat(Transports.missing(TransportType.AUTO)).isEmpty();
        assertThat(Transports.available()).endsWith("nio");
    }

    @Test
    void saysWhyOneCannotRun() {
        TransportType foreign = Epoll.isAvailable() ? TransportType.KQUEUE : TransportType.EPOLL;

        assertThat(Transports.missing(foreign))
                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void namesAreThoseOfTheOption() {
        assertThat(Transports.name(TransportType.IO_URING)).isEqualTo("io_uring");
    }
}
