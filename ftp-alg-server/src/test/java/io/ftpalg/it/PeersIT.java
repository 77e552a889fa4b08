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

    static Stream<Combination> combinations() {
        return Combination.direct();
    }

    @ParameterizedTest(name = "{0}")
    // Not at the class: that would run beside other classes.
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("combinations")
    void understandEachOther(Combination combination) {
        TestServer server = SERVERS.get(combination.server(), combination.serverIpv6());

        RoundTrip.check(
                combination.client(), Target.of(server), combination.syntax(), server, List.of(100, (64 << 10) + 1));
    }
}
