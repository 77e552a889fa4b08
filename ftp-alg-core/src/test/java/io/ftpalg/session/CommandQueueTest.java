package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandQueueTest {
    private static final FtpCommand NOOP = FtpCommand.of(FtpVerb.NOOP);

    @ParameterizedTest
    @CsvSource({"63, false", "64, true", "65, true"})
    void isFullAtSoManyCommands(int commands, boolean full) {
        CommandQueue queue = new CommandQueue(64, 1 << 20);

        for (int i = 0; i < commands; i++) {
            queue.add(NOOP);
        }

        assertThat(queue.isFull()).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({"65535, false", "65536, true", "65537, true"})
    void isFullAtSoManyBytes(int bytes, boolean full) {
        CommandQueue queue = new CommandQueue(64, 65536);

        queue.add(FtpCommand.of(FtpVerb.NOOP, "x".repeat(bytes - NOOP.size())));

        assertThat(queue.isFull()).isEqualTo(full);
    }

    @Test
    void givesBackInOrderAndForgetsTheBytes() {
        CommandQueue queue = new CommandQueue(2, 100);
        FtpCommand long1 = FtpCommand.of(FtpVerb.CWD, "x".repeat(90));

        queue.add(long1);
        queue.add(NOOP);

        assertThat(queue.contains(FtpVerb.NOOP)).isTrue();
        assertThat(queue.contains(FtpVerb.QUIT)).isFalse();
        assertThat(queue.poll()).isEqualTo(long1);
        assertThat(queue.isFull()).isFalse();
        assertThat(queue.poll()).isEqualTo(NOOP);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void isNotFullOnceCleared() {
        CommandQueue queue = new CommandQueue(1, 1);
        queue.add(NOOP);

        queue.clear();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.isFull()).isFalse();
    }
}
