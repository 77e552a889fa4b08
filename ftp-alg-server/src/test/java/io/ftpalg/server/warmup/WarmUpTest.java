package io.ftpalg.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.netty.channel.IoEventLoopGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
    private final IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.NIO);

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "BUFFER", "KERNEL"})
    void hasSessionsWithItself(RelayType relay) throws InterruptedException {
        assertThat(new WarmUp(TransportType.NIO, relay, loops, Optional.empty()).run(Duration.ofSeconds(30), 8))
                .isGreaterThanOrEqualTo(8);
    }

    @Test
    void leavesTheEventLoopsToTheirOwner() throws InterruptedException {
        long unused =
                new WarmUp(TransportType.NIO, RelayType.AUTO, loops, Optional.empty()).run(Duration.ofSeconds(30), 1);

        assertThat(loops.isShuttingDown()).isFalse();
    }

    @Test
    void endsWithItsTime() throws InterruptedException {
        long begin = System.nanoTime();
        long unused = new WarmUp(TransportType.NIO, RelayType.AUTO, loops, Optional.empty()).run(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** Its gateway cannot start on loops that have ended. */
    @Test
    void endsEarlyWhereItCannotRun() throws InterruptedException {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        assertThat(new WarmUp(TransportType.NIO, RelayType.AUTO, loops, Optional.empty()).run(Duration.ofSeconds(30)))
                .isZero();
    }
}
