package io.ftpalg.it;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients with the servers and nothing between: what fails here, the gateway is not to blame for. */
class PeersIT {
    private static final Servers SERVERS = new Servers();

    @AfterAll
    static void stop() {
        SERVERS.close();
    }

    static Stream<Cell> cells() {
        return Cell.direct();
    }

    @ParameterizedTest(name = "{0}")
    // Not at the class: that would run beside other classes.
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("cells")
    void understandEachOther(Cell cell) {
        TestServer server = SERVERS.get(cell.server(), cell.serverIpv6());

        RoundTrip.check(cell.client(), Target.of(server), cell.syntax(), server, List.of(100, (64 << 10) + 1));
    }
}
