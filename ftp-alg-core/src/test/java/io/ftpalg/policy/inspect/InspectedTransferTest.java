package io.ftpalg.policy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectedTransferTest {

    @Test
    void allInspectionsAreWantedUnlessSomeAreNamed() {
        InspectedTransfer transfer = new InspectedTransfer(
                FtpCommand.of(FtpVerb.STOR, "f"),
                Side.CLIENT,
                1,
                new InetSocketAddress("127.0.0.1", 1),
                Optional.empty(),
                Optional.of("joe"),
                Optional.of("/"));

        assertThat(transfer.inspections()).isEmpty();
    }
}
