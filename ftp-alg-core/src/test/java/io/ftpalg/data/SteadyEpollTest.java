package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Bed.Joined;
import io.ftpalg.data.Bed.Wire;
import io.ftpalg.data.RelayPlan.Flow;
import io.ftpalg.data.RelayResult.End;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SteadyEpollTest {

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @Test
    void writesToAFullSocketWhosePeerClosedItsOwnDirection() throws IOException {
        try (Bed bed = new Bed(Kind.EPOLL)) {
            Wire client = bed.listened();
            Wire server = bed.dialled();
            client.fin();
            bed.awaitTheLoop();
            Joined joined = bed.join(client, server, Bed.plan(Flow.DOWNLOAD));
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

            Ears.soon(sending);
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
            client.peer().close();
            server.peer().close();
        }
    }
}
