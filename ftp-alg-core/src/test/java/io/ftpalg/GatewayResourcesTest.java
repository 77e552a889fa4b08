package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.Routers;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What is shared with a predecessor, {@link GatewayHandoverTest} tests by what it does. */
class GatewayResourcesTest {
    private final SharedGatewayState neighbours = new SharedGatewayState();

    @Test
    void areWhatTheOptionsSay() throws FtpAlgException {
        GatewayResources parts = parts(builder().telnet(false).activeSourcePort(20));

        assertThat(parts.gateway().telnet()).isEqualTo(TelnetMode.OFF);
        assertThat(parts.gateway().sockets().activeSourcePort()).contains(20);
        assertThat(parts.gateway().sessions()).isSameAs(parts.sessions());
        assertThat(parts.neighbours()).isSameAs(neighbours);
        parts.release();
    }

    @Test
    void endTheThreadsOfHandshakesWhenTheyAreReleased() throws FtpAlgException {
        GatewayResources parts = parts(builder().clientTls(ClientTls.OPTIONAL, (name, listener) -> {
            throw new IllegalStateException("nobody shakes hands here");
        }));
        ExecutorService handshakes = (ExecutorService) parts.gateway().tls().handshakes();
        assertThat(handshakes.isShutdown()).isFalse();

        parts.release();

        assertThat(handshakes.isShutdown()).isTrue();
        assertThatThrownBy(() -> handshakes.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private GatewayResources parts(FtpAlgBuilder builder) throws FtpAlgException {
        return new GatewayResources(builder.transport(TransportType.NIO).options(), neighbours, Optional.empty());
    }

    private static FtpAlgBuilder builder() {
        return FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.1", 0))
                .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty()));
    }
}
