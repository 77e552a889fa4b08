package io.ftpalg.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassedDescriptorsTest {

    private static List<Integer> passed(Map<String, String> environment) {
        return PassedDescriptors.of(name -> Optional.ofNullable(environment.get(name)), 77);
    }

    @Test
    void areTheDescriptorsFromThreeOn() {
        assertThat(passed(Map.of("LISTEN_PID", "77", "LISTEN_FDS", "2"))).containsExactly(3, 4);
    }

    @Test
    void areNoneWithoutAServiceManagerOrForAnotherProcess() {
        assertThat(passed(Map.of())).isEmpty();
        assertThat(passed(Map.of("LISTEN_PID", "77"))).isEmpty();
        assertThat(passed(Map.of("LISTEN_FDS", "2"))).isEmpty();
        assertThat(passed(Map.of("LISTEN_PID", "78", "LISTEN_FDS", "2"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"77,x", "77,-1", "77,1025", "y,1"})
    void areRefusedWhereNoNumberIs(String pid, String count) {
        assertThatThrownBy(() -> passed(Map.of("LISTEN_PID", pid, "LISTEN_FDS", count)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a number of at most");
    }
}
