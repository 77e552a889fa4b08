package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataFailureTest {

    /** Who counts failures in logs and metrics knows them by these names. */
    @Test
    void hasTheseNames() {
        assertThat(Stream.of(DataFailure.values()).map(Enum::name).collect(Collectors.joining(" ")))
                .isEqualTo("NO_PORT SHARE_HELD NO_SOCKET NO_ADDRESS NOT_ACCEPTED NOT_CONNECTED UNEXPECTED_PEERS");
    }
}
