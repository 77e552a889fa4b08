package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All sixteen pairs of client syntax and server syntax, and the pairs that cross from one family to the other. */
class ModePairsIT {
    @RegisterExtension
    static final World WORLD = new World();

    private static final List<ServerDataMode> EXACT =
            List.of(ServerDataMode.PORT, ServerDataMode.EPRT, ServerDataMode.PASV, ServerDataMode.EPSV);

    record Pair(ServerKind server, DataSyntax client, ServerDataMode mode, boolean clientIpv6, boolean serverIpv6) {}

    static Stream<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (ServerKind server : ServerKind.values()) {
            for (DataSyntax client : DataSyntax.values()) {
                for (ServerDataMode mode : EXACT) {
                    pairs.add(new Pair(server, client, mode, false, false));
                }
                for (ServerDataMode mode : List.of(ServerDataMode.ACTIVE, ServerDataMode.PASSIVE)) {
                    pairs.add(new Pair(server, client, mode, false, true));
                    if (client.extended()) {
                        pairs.add(new Pair(server, client, mode, true, false));
                        pairs.add(new Pair(server, client, mode, true, true));
                    }
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0}")
    // Not at the class: that would run beside other classes.
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("pairs")
    void carriesEveryByteBothWays(Pair pair) {
        Gateway gateway = WORLD.gateway(pair.server(), pair.clientIpv6(), pair.serverIpv6(), pair.mode());

        String files =
                RoundTrip.check(new CommonsNet(), gateway.target(), pair.client(), gateway.server(), Payload.SIZES);

        DataSyntax expected =
                pair.mode().candidates(pair.client(), pair.serverIpv6()).get(0);
        assertThat(gateway.awaitTransfers(files, 2 * Payload.SIZES.size())).allSatisfy(transfer -> {
            assertThat(transfer.client().syntax()).isEqualTo(pair.client());
            assertThat(transfer.server().syntax()).isEqualTo(expected);
        });
    }
}
