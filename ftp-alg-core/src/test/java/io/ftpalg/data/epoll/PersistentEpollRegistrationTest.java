package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PersistentEpollRegistrationTest {

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @Test
    void writesToAFullSocketWhosePeerClosedItsOwnDirection() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.EPOLL)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            client.fin();
            fixture.awaitTheLoop();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
            byte[] file = new byte[12_000_000];
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    server.send(file);
                    server.fin();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(client.readAll()).hasSize(file.length);

            RecordingListener.soon(sending);
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
            client.peer().close();
            server.peer().close();
        }
    }
}
