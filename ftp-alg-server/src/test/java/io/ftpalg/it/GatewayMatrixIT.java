package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client in every syntax through the gateway to every server, over IPv4 and IPv6 on each side. */
class GatewayMatrixIT {
    @RegisterExtension
    static final World WORLD = new World();

    static Stream<Combination> combinations() {
        return Combination.all();
    }

    @ParameterizedTest(name = "{0}")
    // Not at the class: that would run beside other classes.
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("combinations")
    void carriesEveryByteBothWays(Combination combination) {
        Gateway gateway = WORLD.gateway(
                combination.server(), combination.clientIpv6(), combination.serverIpv6(), ServerDataMode.CLIENT);

        String files = RoundTrip.check(
                combination.client(), gateway.target(), combination.syntax(), gateway.server(), Payload.SIZES);

        DataSyntax expected = ServerDataMode.CLIENT
                .candidates(combination.syntax(), combination.serverIpv6())
                .get(0);
        assertThat(gateway.awaitTransfers(files, 2 * Payload.SIZES.size()))
                .allMatch(transfer -> transfer.end() == TransferEnd.COMPLETE)
                .extracting(transfer -> transfer.client().syntax())
                .containsOnly(combination.syntax());
        assertThat(gateway.transfers(files))
                .extracting(transfer -> transfer.server().syntax())
                .containsOnly(expected);
        assertThat(gateway.transfers(files).stream()
                        .mapToLong(TransferFinished::bytesToClient)
                        .sum())
                .as(gateway.transfers(files).toString())
                .isEqualTo(Payload.SIZES.stream().mapToLong(Integer::longValue).sum());
        assertThat(gateway.transfers(files).stream()
                        .mapToLong(TransferFinished::bytesToServer)
                        .sum())
                .isEqualTo(Payload.SIZES.stream().mapToLong(Integer::longValue).sum());
    }
}
