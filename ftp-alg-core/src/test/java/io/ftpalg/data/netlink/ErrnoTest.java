package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrnoTest {

    @Test
    void namesThoseThatNetlinkAnswersWith() {
        assertThat(Stream.of(1, 2, 11, 12, 16, 17, 22, 23, 95, 105, 7).map(Errno::name))
                .containsExactly(
                        "EPERM",
                        "ENOENT",
                        "EAGAIN",
                        "ENOMEM",
                        "EBUSY",
                        "EEXIST",
                        "EINVAL",
                        "ENFILE",
                        "EOPNOTSUPP",
                        "ENOBUFS",
                        "errno 7");
    }
}
