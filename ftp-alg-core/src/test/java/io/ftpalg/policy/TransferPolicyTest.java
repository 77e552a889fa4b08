package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.PartsOf;
import io.ftpalg.policy.inspect.Scripted;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferPolicyTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 40000);
    private static final FilterContext SESSION = new FilterContext(
            1,
            CLIENT,
            CLIENT,
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void noneLimitsNothing() {
        assertThat(TransferPolicy.NONE.limits(SESSION)).isFalse();
        assertThat(TransferPolicy.NONE.terms(FtpCommand.of(FtpVerb.RETR, "f"), SESSION))
                .isEqualTo(TransferTerms.NONE);
    }

    @Test
    void anyOtherMayLimitEachSession() {
        TransferPolicy policy = (command, session) -> TransferTerms.NONE;

        assertThat(policy.limits(SESSION)).isTrue();
    }

    @Test
    void termsAreOfASide() {
        ByteQuota client = new ByteQuota(1);
        ByteQuota server = new ByteQuota(2);
        TransferTerms terms = new TransferTerms(List.of(client), List.of(server));

        assertThat(terms.to(Side.CLIENT)).containsExactly(client);
        assertThat(terms.to(Side.SERVER)).containsExactly(server);
    }

    @Test
    void asksAnInspectorForTheSideThatSends() {
        List<Side> asked = new ArrayList<>();
        TransferPolicy policy = TransferPolicy.NONE.inspectedBy(transfer -> {
            asked.add(transfer.sender());
            return Optional.empty();
        });

        policy.terms(FtpCommand.of(FtpVerb.RETR, "f"), SESSION);
        policy.terms(FtpCommand.of(FtpVerb.STOR, "f"), SESSION);
        policy.terms(FtpCommand.of(FtpVerb.OTHER, "f"), SESSION);

        assertThat(asked).containsExactly(Side.SERVER, Side.CLIENT, Side.CLIENT, Side.SERVER);
    }

    @Test
    void inspectsWhatGoesToTheOtherSide() {
        Inspection inspection = new Scripted();
        TransferPolicy policy = TransferPolicy.NONE.inspectedBy(transfer -> Optional.of(inspection));

        TransferTerms terms = policy.terms(FtpCommand.of(FtpVerb.RETR, "f"), SESSION);

        assertThat(terms.inspection(Side.CLIENT)).contains(inspection);
        assertThat(terms.inspection(Side.SERVER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void allowsPartsOfFilesUnlessTheyAreInspected(Side sender) {
        TransferPolicy inspected = TransferPolicy.NONE.inspectedBy(transfer -> Optional.empty());

        assertThat(TransferPolicy.NONE.allowsParts(sender, SESSION)).isTrue();
        assertThat(inspected.allowsParts(sender, SESSION)).isFalse();
        assertThat(inspected.withRemnant(Remnant.KEEP).allowsParts(sender, SESSION))
                .isFalse();
    }

    @Test
    void allowsPartsThatTheInspectorAllows() {
        TransferPolicy inspected = TransferPolicy.NONE.inspectedBy(new PartsOf(Side.SERVER));

        assertThat(inspected.allowsParts(Side.SERVER, SESSION)).isTrue();
        assertThat(inspected.allowsParts(Side.CLIENT, SESSION)).isFalse();
    }

    @Test
    void leavesNothingToTheKernelThatMayBeInspected() {
        TransferPolicy policy = TransferPolicy.NONE.inspectedBy(transfer -> Optional.empty());

        assertThat(policy.limits(SESSION)).isTrue();
        assertThat(policy.inspects(SESSION)).isTrue();
        assertThat(TransferPolicy.NONE.inspects(SESSION)).isFalse();
    }
}
