package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.system.SystemCalls;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipeSizeTest {

    @BeforeAll
    static void loadsNettysCalls() {
        Epoll.ensureAvailability();
    }

    @Test
    void isTheKernelsOwnWhereNothingCanBeAskedOf() {
        assertThat(PipeSize.enlarge(-1, SystemCalls.find())).isEqualTo(65_536);
        assertThat(PipeSize.enlarge(-1, Optional.empty())).isEqualTo(65_536);
    }

    @Test
    void isOneMebibyteOnEveryJdk() throws IOException {
        Pipe pipe = Pipe.open();
        try {
            assertThat(pipe.capacity()).isEqualTo(1 << 20);
            assertThat(filled(pipe.in())).isEqualTo(1 << 20);
        } finally {
            pipe.close();
        }
    }

    private static int filled(FileDescriptor pipe) throws IOException {
        // A write of so much to a pipe that blocks would not return: it is less than a page more than there is room
        // for.
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        return pipe.write(bytes, 0, bytes.capacity());
    }
}
