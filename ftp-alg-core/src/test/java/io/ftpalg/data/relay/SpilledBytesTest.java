package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.ScriptedSpill;
import io.ftpalg.policy.inspect.SpillFile;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SpilledBytesTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final ScriptedSpill file = new ScriptedSpill(10);
    private final List<Object> results = new ArrayList<>();
    private final SpilledBytes spilled = new SpilledBytes(loop, file, results::add);

    @AfterEach
    void close() {
        loop.shutdownGracefully();
    }

    @Test
    void readsWhatItHasWritten() {
        run(() -> {
            write("abc");
            assertThat(results).as("in the same turn").isEmpty();
            assertThat(spilled.isBusy()).isTrue();
        });
        run(() -> spilled.read(2, bytes -> results.add(bytes.toString(StandardCharsets.US_ASCII))));
        run(() -> {});

        assertThat(results).containsExactly("released", "written", "ab");
        assertThat(spilled.size()).isEqualTo(1);
        assertThat(spilled.isBusy()).isFalse();
    }

    @Test
    void reportsAFailureOfTheFile() {
        file.failure = new IOException("full");

        run(() -> write("abc"));
        run(() -> {});

        assertThat(results).containsExactly("released", file.failure);
    }

    @Test
    void reportsACallThatThrows() {
        IllegalStateException thrown = new IllegalStateException("a fault");
        SpilledBytes faulty = new SpilledBytes(loop, new Faulty(thrown), results::add);

        run(() -> faulty.write(Unpooled.wrappedBuffer(new byte[1]), () -> {}, () -> {}));
        run(faulty::close);

        assertThat(results).containsExactly(thrown, thrown);
    }

    @Test
    void reportsAFileThatHasLostBytes() {
        run(() -> write("abc"));
        file.position.set(3);

        run(() -> spilled.read(2, bytes -> results.add("read")));
        run(() -> {});

        assertThat(results).hasSize(3).last().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ignoresAResultThatComesWhenItIsClosed() {
        List<Runnable> tasks = new ArrayList<>();
        file.executor = tasks::add;
        run(() -> write("abc"));

        run(spilled::close);
        tasks.forEach(Runnable::run);
        run(() -> {});

        assertThat(results).containsExactly("released");
        assertThat(file.closed).isTrue();
    }

    private void write(String text) {
        spilled.write(
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII),
                () -> results.add("released"),
                () -> results.add("written"));
    }

    private void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private record Faulty(RuntimeException thrown) implements SpillFile {
        @Override
        public int above() {
            return 1;
        }

        @Override
        public CompletionStage<Void> write(ByteBuffer bytes) {
            throw thrown;
        }

        @Override
        public CompletionStage<ByteBuffer> read(int most) {
            throw thrown;
        }

        @Override
        public void close() {
            throw thrown;
        }
    }
}
