package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ftpalg.Descriptors;
import io.ftpalg.control.ControlInitializerTest;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a client that it turns away, {@link ControlInitializerTest} tests. */
class DescriptorReserveTest {

    /** An eighth, at least 64, at most half. */
    @ParameterizedTest
    @CsvSource({"1048576, 917504", "4096, 3584", "1024, 896", "512, 448", "256, 192", "100, 50"})
    void keepsTheLastDescriptors(int maximum, int first) {
        DescriptorReserve reserve = new DescriptorReserve(maximum);

        assertThat(reserve.keeps(first - 1)).isFalse();
        assertThat(reserve.keeps(first)).isTrue();
        assertThat(reserve.keeps(maximum - 1)).isTrue();
    }

    @Test
    void readsTheSoftLimitOfLinux() {
        assertThat(DescriptorReserve.softLimit(
                        "Max open files            1024                 524288               files"))
                .isEqualTo(1024);
        assertThat(DescriptorReserve.softLimit(
                        "Max open files            unlimited            unlimited            files"))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(DescriptorReserve.softLimit(
                        "Max open files            99999999999          unlimited            files"))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void knowsTheLimitOfThisProcess() {
        assumeThat(Descriptors.known()).isTrue();

        assertThat(DescriptorReserve.ofProcess().keeps(3)).isFalse();
        assertThat(DescriptorReserve.ofProcess().keeps(999_999_999)).isTrue();
    }

    @Test
    void hasNoChannelWithoutADescriptorOfItsOwn() {
        EmbeddedChannel channel = new EmbeddedChannel();

        assertThat(new DescriptorReserve(0).has(channel)).isFalse();
        channel.finishAndReleaseAll();
    }
}
