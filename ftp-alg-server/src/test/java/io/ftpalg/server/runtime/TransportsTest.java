package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.DataPorts;
import io.ftpalg.server.settings.ProgramSettings;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportsTest {

    @Test
    void nioRunsEverywhere() {
        assertThat(Transports.missing(TransportType.NIO)).isEmpty();
        assertThat(Transports.missing(TransportType.AUTO)).isEmpty();
        assertThat(Transports.available()).endsWith("nio");
    }

    @Test
    void saysWhyOneCannotRun() {
        TransportType foreign = Epoll.isAvailable() ? TransportType.KQUEUE : TransportType.EPOLL;

        assertThat(Transports.missing(foreign))
                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({"splice, nio", "kernel, nio"})
    void someRelaysNeedEpoll(String relay, String transport) {
        assertThat(Transports.unable(
                        TestSettings.program(("--upstream a --relay " + relay + " --transport " + transport
                                        + " --passive-ports 41000-41999 --source-ports 42000-42999")
                                .split(" ")),
                        Names.OPTIONS))
                .contains("--relay " + relay + " needs --transport epoll, not " + transport);
    }

    @Test
    void theKernelIsGivenAllPorts() {
        assumeTrue(Epoll.isAvailable());
        ProgramSettings both = kernel("--passive-ports 41000-41999 --source-ports 42000-42999");

        assertThat(Transports.unable(both, Names.OPTIONS)).isEmpty();
        assertThat(DataPorts.of(both)).containsExactly(new PortRange(41000, 41999), new PortRange(42000, 42999));
        assertThat(DataPorts.of(TestSettings.together(both, both))).hasSize(2);
    }

    private static ProgramSettings kernel(String options) {
        return TestSettings.program(("--upstream a --relay kernel --transport epoll " + options)
                .strip()
                .split(" "));
    }

    @Test
    void transparentModeNeedsEpoll() {
        ProgramSettings settings = TestSettings.program("--transparent", "tproxy", "--transport", "nio");

        assertThat(Transports.unable(settings, Names.OPTIONS))
                .contains("--transparent needs --transport epoll, not nio");
    }

    @Test
    void namesAreThoseOfTheOption() {
        assertThat(Transports.name(TransportType.IO_URING)).isEqualTo("io_uring");
    }
}
