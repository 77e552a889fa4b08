package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

        assertThat(queue.isFull(false)).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({"65535, false", "65536, true", "65537, true"})
    void isFullAtSoManyBytes(int bytes, boolean full) {
        CommandQueue queue = new CommandQueue(64, 65536);

        queue.add(FtpCommand.of(FtpVerb.NOOP, "x".repeat(bytes - NOOP.size())));

        assertThat(queue.isFull(false)).isEqualTo(full);
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
        assertThat(queue.isFull(false)).isFalse();
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
        assertThat(queue.isFull(false)).isFalse();
    }

    @Test
    void countsNoopsInARowAndGivesBackEachInItsPlace() {
        CommandQueue queue = new CommandQueue(64, 65536);
        FtpCommand other = FtpCommand.of(FtpVerb.NOOP, "x");
        FtpCommand pwd = FtpCommand.of(FtpVerb.PWD);

        for (FtpCommand command : List.of(NOOP, NOOP, NOOP, other, pwd, pwd, NOOP)) {
            queue.add(command);
        }

        assertThat(Stream.generate(queue::poll).takeWhile(Objects::nonNull))
                .containsExactlyElementsOf(List.of(NOOP, NOOP, NOOP, other, pwd, pwd, NOOP));
        assertThat(queue.isEmpty()).isTrue();
    }

    /** A NOOP every second for 18 hours is 64,800; beyond the limit of memory even those pause the client. */
    @ParameterizedTest
    @CsvSource({"65465, false", "65466, true"})
    void duringATransferCountedNoopsTakeAByteEach(int noops, boolean full) {
        CommandQueue queue = new CommandQueue(64, 65536);

        for (int i = 0; i < noops; i++) {
            queue.add(NOOP);
        }

        assertThat(queue.isFull(true)).isEqualTo(full);
        assertThat(queue.isFull(false)).isTrue();
    }

    /** An entry counts 64 bytes besides its text, or 64 KiB of tiny commands would be megabytes of objects. */
    @ParameterizedTest
    @CsvSource({"960, false", "961, true"})
    void duringATransferOtherCommandsAreBoundedByTheirMemory(int commands, boolean full) {
        CommandQueue queue = new CommandQueue(64, (64 + 6) * 961);

        for (int i = 0; i < commands; i++) {
            queue.add(FtpCommand.of(FtpVerb.PWD));
        }

        assertThat(queue.isFull(true)).isEqualTo(full);
    }

    @Test
    void isEmptyOfBytesOnceAllCountedNoopsAreGivenBack() {
        CommandQueue queue = new CommandQueue(64, 100);
        for (int i = 0; i < 200; i++) {
            queue.add(NOOP);
        }
        assertThat(queue.isFull(true)).isTrue();

        for (int i = 0; i < 200; i++) {
            queue.poll();
        }

        queue.add(FtpCommand.of(FtpVerb.NOOP, "x".repeat(100 - 1 - NOOP.size() - 1)));
        assertThat(queue.isFull(false)).isFalse();
    }
}
