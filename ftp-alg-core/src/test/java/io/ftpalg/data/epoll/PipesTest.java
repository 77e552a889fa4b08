package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.Descriptors;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipesTest {
    private final Pipes pipes = new Pipes();
    private long before;

    @BeforeEach
    void countPipes() {
        assumeTrue(Epoll.isAvailable() && Descriptors.known());
        before = Descriptors.count("pipe");
    }

    @AfterEach
    void leavesNone() {
        pipes.close();
        assertThat(Descriptors.count("pipe")).isEqualTo(before);
    }

    @Test
    void keepsAnEmptyPipeForTheNext() throws IOException {
        Pipe pipe = pipes.take();

        pipes.giveBack(pipe, true);

        assertThat(pipes.idle()).isEqualTo(1);
        assertThat(pipes.take()).isSameAs(pipe);
        assertThat(pipes.idle()).isZero();
        pipes.giveBack(pipe, true);
    }

    @Test
    void neverUsesAPipeAgainThatHoldsBytes() throws IOException {
        Pipe pipe = pipes.take();
        ByteBuffer bytes = ByteBuffer.allocateDirect(1);
        assertThat(pipe.in().write(bytes, 0, 1)).isEqualTo(1);

        pipes.giveBack(pipe, false);

        assertThat(pipes.idle()).isZero();
        assertThat(pipe.in().isOpen()).isFalse();
        assertThat(pipe.out().isOpen()).isFalse();
        assertThat(Descriptors.count("pipe")).isEqualTo(before);
    }

    @Test
    void keepsNoMoreThan64() throws IOException {
        List<Pipe> taken = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            taken.add(pipes.take());
        }
        assertThat(Descriptors.count("pipe")).isEqualTo(before + 2 * 65);

        taken.forEach(pipe -> pipes.giveBack(pipe, true));

        assertThat(pipes.idle()).isEqualTo(64);
        assertThat(Descriptors.count("pipe")).isEqualTo(before + 2 * 64);
    }

    @Test
    void closesWhatComesBackAfterItsEnd() throws IOException {
        Pipe pipe = pipes.take();
        pipes.close();

        pipes.giveBack(pipe, true);

        assertThat(pipe.in().isOpen()).isFalse();
        assertThat(pipes.idle()).isZero();
    }

    @Test
    void movesBytesBySplice() throws IOException {
        Pipe one = pipes.take();
        Pipe other = pipes.take();
        ByteBuffer bytes = ByteBuffer.allocateDirect(8);
        bytes.putLong(42).flip();
        one.in().write(bytes, 0, 8);

        assertThat(pipes.splice().move(one.out().intValue(), other.in().intValue(), 100))
                .isEqualTo(8);
        assertThat(pipes.splice().move(one.out().intValue(), other.in().intValue(), 100))
                .as("nothing there")
                .isZero();

        bytes.clear();
        assertThat(other.out().read(bytes, 0, 8)).isEqualTo(8);
        assertThat(bytes.getLong(0)).isEqualTo(42);
        pipes.giveBack(one, true);
        pipes.giveBack(other, true);
    }
}
