package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.PortRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelPathTest {

    @ParameterizedTest
    @CsvSource({"a, 0", "Second_2, 65535", "abcdefghijklmnopqrstuvwxyz_01234, 1"})
    void takesNamesAndGroups(String name, int group) {
        KernelPath path = new KernelPath(name, group, List.of());

        assertThat(path.name()).isEqualTo(name);
        assertThat(path.logGroup()).isEqualTo(group);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a-b", "a\"; drop", "abcdefghijklmnopqrstuvwxyz_0123456"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> KernelPath.DEFAULT.withName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 32 letters, digits or underscores");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refusesOtherGroups(int group) {
        assertThatThrownBy(() -> new KernelPath("a", group, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 65535");
    }

    @Test
    void changesOneAtATime() {
        List<PortRange> ports = List.of(new PortRange(1, 2));

        assertThat(KernelPath.DEFAULT.withName("b").withPorts(ports))
                .isEqualTo(new KernelPath("b", KernelPath.DEFAULT.logGroup(), ports));
    }
}
