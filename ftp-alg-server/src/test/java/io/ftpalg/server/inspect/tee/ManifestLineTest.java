package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestLineTest {
    @Test
    void hasAllThatIsKnownOfACopy() {
        assertThat(ManifestLine.of(Transfers.file("in/day.csv"), CopyOutcome.COMPLETE, true, 3, "ab"))
                .isEqualTo("{\"time\":\"2026-11-29T11:22:33.456Z\",\"session\":17,\"client_ip\":\"127.0.0.1\","
                        + "\"client_port\":4000,\"proxy_user\":\"joe\",\"user\":\"gateway\",\"direction\":\"upload\","
                        + "\"verb\":\"STOR\",\"directory\":\"/in\",\"path\":\"in/day.csv\","
                        + "\"copy\":\"2026-11-29/112233456-17-00000abc_day.csv\",\"bytes\":3,\"sha256\":\"ab\","
                        + "\"outcome\":\"complete\"}");
    }

    @Test
    void hasNoNameOfACopyThatWasRemoved() {
        assertThat(ManifestLine.of(Transfers.file("f"), CopyOutcome.rejected("virus x"), false, 3, "ab"))
                .doesNotContain("\"copy\"")
                .endsWith("\"outcome\":\"rejected\",\"reason\":\"virus x\"}");
    }

    @Test
    void escapesWhatAPeerSent() {
        assertThat(ManifestLine.of(Transfers.file("a\"\u0001\\"), CopyOutcome.CUT, true, 0, ""))
                .contains("\"path\":\"a\\\"\\\\x01\\\\\\\\\"")
                .contains("cut");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        InspectedTransfer download = new InspectedTransfer(
                FtpCommand.of(FtpVerb.RETR, "f"),
                Side.SERVER,
                1,
                InetSocketAddress.createUnresolved("client", 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(ManifestLine.of(new CopiedFile(download, Transfers.BEGAN, 1), CopyOutcome.CUT, false, 0, ""))
                .doesNotContain("user", "directory")
                .contains("\"client_ip\":\"client\"", "\"direction\":\"download\"");
    }
}
