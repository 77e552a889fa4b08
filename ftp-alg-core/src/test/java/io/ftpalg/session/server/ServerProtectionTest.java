package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds between client and server once the server has greeted. */
class ServerProtectionTest {

    private static ServerProtection greeted(ServerTls tls, String answer) {
        return Playbook.cast()
                .clientTls(ClientTls.OPTIONAL)
                .serverTls(tls)
                .connected()
                .play("""
                S> 220 ready
                """ + answer)
                .context()
                .server()
                .tls();
    }

    private static ServerProtection refusing(ServerTls tls) {
        return greeted(tls, """
                S< AUTH TLS
                S> 502 AUTH?
                C< 220 ready
                """);
    }

    @Test
    void knowsWhenDataWouldEndInTheClearThoughTlsWasWished() {
        ServerProtection tried = refusing(ServerTls.explicit(ServerTls.Mode.AUTO));

        assertThat(tried.isSecured()).isFalse();
        assertThat(tried.leavesDataClear()).isTrue();
        assertThat(tried.cannotProtectData()).isTrue();
    }

    @Test
    void acceptsClearDataThatTheRouteWants() {
        ServerTls clearData =
                new ServerTls(ServerTls.Mode.AUTO, false, ServerTls.Data.CLEAR, true, Optional.empty(), "");

        assertThat(refusing(clearData).leavesDataClear()).isFalse();
    }

    @Test
    void hasNothingToProtectWithoutTls() {
        ServerProtection none = greeted(ServerTls.OFF, "C< 220 ready");

        assertThat(none.leavesDataClear()).isFalse();
        assertThat(none.followsClient()).isFalse();
        assertThat(none.isToBeSecured()).isFalse();
    }

    @Test
    void followsAClientOnlyAsLongAsItIsInTheClearItself() {
        ServerProtection mirroring = greeted(ServerTls.explicit(ServerTls.Mode.MIRROR), "C< 220 ready");

        assertThat(mirroring.followsClient()).isTrue();
        assertThat(mirroring.mirrorsData()).isFalse();
        mirroring.onSecured(Playbook.TLS);
        assertThat(mirroring.followsClient()).isFalse();
        assertThat(mirroring.mirrorsData()).isTrue();
    }
}
