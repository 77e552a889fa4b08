package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That the byte is urgent when it arrives is shown by TelnetSynchTest. */
class UrgentRingTest {

    @Test
    void isNotOpenedWhereTheTransportCanDoWithout() {
        assertThat(UrgentRing.open(Transport.NIO)).isEmpty();
    }

    @Test
    void tellsOfEachByteThatADescriptorDidNotTakeIt() throws Exception {
        Optional<UrgentRing> ring = UrgentRing.open(Transport.EPOLL);
        assumeFalse(ring.isEmpty(), "no io_uring here, or this Java needs none");
        DefaultEventExecutor executor = new DefaultEventExecutor();
        List<Promise<Boolean>> results = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            Promise<Boolean> result = executor.newPromise();
            ring.get().send(-1, 0xF2, result);
            results.add(result);
        }

        for (Promise<Boolean> result : results) {
            assertThat(result.get(10, TimeUnit.SECONDS)).isFalse();
        }
        ring.get().close();
        assertThat(executor.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS))
                .isTrue();
    }
}
