package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopWalkTest {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void visitsEachSessionOnItsOwnLoop() {
        List<ClientSession> sessions = sessions(1000);

        CompletableFuture<List<Long>> ids = LoopWalk.over(sessions, session -> {
            assertThat(session.loop().inEventLoop()).isTrue();
            return session.id();
        });

        assertThat(ids.join()).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void hasNothingWhereNobodyIs() {
        assertThat(LoopWalk.over(List.of(), ClientSession::id)).isCompletedWithValue(List.of());
    }

    @Test
    void failsWithWhatAStepThrew() {
        CompletableFuture<List<Long>> ids = LoopWalk.over(sessions(3), session -> {
            throw new IllegalStateException("made by the test");
        });

        assertThatThrownBy(ids::join).hasRootCauseMessage("made by the test");
    }

    @Test
    void leavesOutTheSessionsOfALoopThatHasEnded() {
        List<ClientSession> sessions = sessions(3);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

        assertThat(LoopWalk.over(sessions, ClientSession::id).join()).isEmpty();
    }

    private List<ClientSession> sessions(long count) {
        return LongStream.range(0, count)
                .<ClientSession>mapToObj(id -> new Idle(id, loops.next()))
                .toList();
    }

    /** A session that does nothing. */
    private record Idle(long id, EventLoop loop) implements ClientSession {
        @Override
        public SessionSnapshot snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endByOperator(String by) {}

        @Override
        public void trace(SessionTracer tracer) {}

        @Override
        public void endTrace(SessionTracer tracer) {}

        @Override
        public void shutdown() {}

        @Override
        public void shutdownNow() {}
    }
}
