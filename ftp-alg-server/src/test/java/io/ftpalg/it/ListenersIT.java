package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session never holds more listeners than its next transfer needs, however often the client asks. */
class ListenersIT {
    private static final int TIMES = 100;

    @RegisterExtension
    static final World WORLD = new World();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void areOneAfterAHundredPasv(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind, false, false, ServerDataMode.PASSIVE);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            for (int i = 0; i < TIMES; i++) {
                agree(ftp, i % 2 == 0 ? DataSyntax.PASV : DataSyntax.EPSV);
            }
            assertThat(WORLD.dataPorts()).hasSize(1);
        }

        await().untilAsserted(() -> assertThat(WORLD.dataPorts()).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void areOneForEachSideThatListens(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind, false, false, ServerDataMode.ACTIVE);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            for (DataSyntax syntax : DataSyntax.values()) {
                agree(ftp, syntax);
                assertThat(WORLD.dataPorts()).as(syntax.name()).hasSize(syntax.passive() ? 2 : 1);
            }
        }

        await().untilAsserted(() -> assertThat(WORLD.dataPorts()).isEmpty());
    }

    private static void agree(RawFtp ftp, DataSyntax syntax) throws IOException {
        ftp.agree(syntax).close();
    }
}
