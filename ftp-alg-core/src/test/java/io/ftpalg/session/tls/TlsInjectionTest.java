package io.ftpalg.session.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsInjectionTest {

    @ParameterizedTest
    @EnumSource(Side.class)
    void endsTheSessionAndNamesThePeer(Side side) {
        Playbook play = Playbook.loggedIn();

        TlsInjection.report(play.context(), side);

        play.play((side == Side.CLIENT ? "" : "C< 421 The server closed the control connection.\n") + """
                S< QUIT
                ! end
                """);
        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.TLS_INJECTION);
            assertThat(rejected.peer()).isEqualTo(side == Side.CLIENT ? Playbook.CLIENT : Playbook.SERVER);
        });
        assertThat(play.events().of(SessionClosed.class))
                .extracting(SessionClosed::cause)
                .containsExactly(CloseCause.TLS_INJECTION);
    }
}
