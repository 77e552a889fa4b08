package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawSocketsTest {

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @Test
    void countsWhatIsOpen() {
        try (DataFixture fixture = new DataFixture(Kind.SPLICE)) {
            RawSockets sockets = new RawSockets((IoEventLoop) fixture.loop);
            RawSocket one = sockets.open(DataFixture.LOCALHOST);
            RawSocket other = sockets.open(DataFixture.address("::1"));
            assertThat(sockets.open()).isEqualTo(2);

            one.abort();
            one.abort();
            assertThat(sockets.open()).isEqualTo(1);
            other.closeInOrder();
            other.abort();

            assertThat(sockets.open()).isZero();
            assertThat(sockets.loop()).isSameAs(fixture.loop);
        }
    }

    @Test
    void countsNoMoreWhatWasReleasedToSomebodyElse() {
        try (DataFixture fixture = new DataFixture(Kind.SPLICE)) {
            RawSockets sockets = new RawSockets((IoEventLoop) fixture.loop);
            RawSocket socket = sockets.open(DataFixture.LOCALHOST);

            int descriptor = socket.release();

            assertThat(sockets.open()).isZero();
            RawSocket again = sockets.accepted(descriptor);
            assertThat(sockets.open()).isEqualTo(1);
            again.abort();
        }
    }
}
