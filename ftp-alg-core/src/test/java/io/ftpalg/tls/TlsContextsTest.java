package io.ftpalg.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.tls.ServerTls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Holds both kinds of contexts to their role. */
class TlsContextsTest {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.1", 21);

    @Test
    void areAlwaysTheOneThatWasGiven() throws SSLException {
        SslContext client = SslContextBuilder.forClient().build();

        assertThat(ServerTlsContexts.of(client).choose(ServerTls.implicitly())).isSameAs(client);
    }

    @Test
    void areTheSameForEveryClientUnlessTheyTellThemApart() {
        CompletableFuture<SslContext> same = new CompletableFuture<>();
        ClientTlsContexts contexts = (serverName, listener) -> same;

        assertThat(contexts.choose(Optional.empty(), LISTENER, new InetSocketAddress("192.0.2.1", 1024)))
                .isSameAs(same);
    }

    @Test
    void refuseTheOtherRole() throws SSLException {
        SslContext client = SslContextBuilder.forClient().build();

        assertThatThrownBy(() -> ClientTlsContexts.of(client).choose(Optional.empty(), LISTENER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forServer");
    }
}
