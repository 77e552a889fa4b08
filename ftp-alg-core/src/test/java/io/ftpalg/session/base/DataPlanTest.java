package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.ActionLog;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.DataPlan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPlanTest {
    private final ActionLog log = new ActionLog();

    @ParameterizedTest
    @CsvSource({
        "PASV, PASV, true, false",
        "EPSV, EPRT, true, true",
        "PORT, EPSV, false, false",
        "EPRT, PORT, false, true"
    })
    void listensForTheClientIfItAskedForPassiveAndForTheServerIfItDidNot(
            DataSyntax client, DataSyntax server, boolean listensForClient, boolean listensForServer) {
        DataPlan plan = new DataPlan(client, server);

        assertThat(plan.leg(Side.CLIENT).listens()).isEqualTo(listensForClient);
        assertThat(plan.leg(Side.SERVER).listens()).isEqualTo(listensForServer);
    }

    @Test
    void dialsOnce() {
        DataPlan.Leg leg = new DataPlan(DataSyntax.PORT, DataSyntax.PASV).leg(Side.SERVER);
        leg.target(Playbook.SERVER);

        leg.dialOnce(log);
        leg.dialOnce(log);

        assertThat(leg.step()).isEqualTo(Step.OPENING);
        assertThat(log.pending()).containsExactly("! dial SERVER 127.0.0.2 21");
    }

    @Test
    void dialsNobodyWithoutATarget() {
        DataPlan.Leg leg = new DataPlan(DataSyntax.PASV, DataSyntax.PASV).leg(Side.CLIENT);

        leg.dialOnce(log);

        assertThat(leg.step()).isEqualTo(Step.AGREED);
        assertThat(log.pending()).isEmpty();
    }

    @Test
    void closesWhatIsOpenOnce() {
        DataPlan plan = new DataPlan(DataSyntax.PASV, DataSyntax.PASV);
        plan.leg(Side.CLIENT).listen(log);
        plan.leg(Side.SERVER).onConnected(Playbook.GATEWAY, Playbook.SERVER);

        plan.close(log);
        plan.abort(log);

        assertThat(log.pending()).containsExactly("! listen CLIENT", "! close CLIENT", "! close SERVER");
    }

    @Test
    void abortsOnlyWhatIsOpen() {
        DataPlan plan = new DataPlan(DataSyntax.PASV, DataSyntax.PASV);
        plan.leg(Side.CLIENT).onOver();
        plan.leg(Side.SERVER).onConnected(Playbook.GATEWAY, Playbook.SERVER);

        plan.abort(log);

        assertThat(log.pending()).containsExactly("! abort SERVER");
    }

    @Test
    void isReadyWhenBothAreConnected() {
        DataPlan plan = new DataPlan(DataSyntax.PASV, DataSyntax.PASV);

        plan.leg(Side.CLIENT).onConnected(Playbook.GATEWAY, Playbook.CLIENT);
        assertThat(plan.bothConnected()).isFalse();
        plan.leg(Side.SERVER).onConnected(Playbook.GATEWAY, Playbook.SERVER);

        assertThat(plan.bothConnected()).isTrue();
        assertThat(plan.leg(Side.SERVER).remote()).contains(Playbook.SERVER);
        assertThat(plan.leg(Side.SERVER).local()).contains(Playbook.GATEWAY);
    }
}
