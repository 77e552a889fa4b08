package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PipeTest {

    @Test
    void takesAsMuchAsItSaysAndNoMore() throws IOException {
        assumeTrue(Epoll.isAvailable());
        Pipe pipe = Pipe.open();
        ByteBuffer bytes = ByteBuffer.allocateDirect(pipe.capacity() + 1);

        int written = pipe.in().write(bytes, 0, bytes.capacity());

        assertThat(written).isEqualTo(pipe.capacity());
        assertThat(pipe.out().read(bytes, 0, bytes.capacity())).isEqualTo(written);
        pipe.close();
        pipe.close();
        assertThat(pipe.in().isOpen()).isFalse();
        assertThat(pipe.out().isOpen()).isFalse();
    }
}
