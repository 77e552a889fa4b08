package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelProxyTest {
    private static final HostPort PROXY = new HostPort("proxy.test", 1080);

    private static TunnelProxy proxy(Protocol protocol, String user, String password) {
        return new TunnelProxy(protocol, PROXY, Optional.of(user), Optional.of(Secret.of(password)));
    }

    @Test
    void printsNoPassword() {
        TunnelProxy proxy = proxy(Protocol.HTTP, "joe", "secret");

        assertThat(proxy).hasToString("http://proxy.test:1080");
        assertThat(new Via(List.of(TunnelProxy.of(Protocol.SOCKS5, PROXY), proxy)))
                .hasToString("socks5://proxy.test:1080, http://proxy.test:1080");
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS5, 255, 255, true",
        "SOCKS5, 256, 1, false",
        "SOCKS5, 1, 256, false",
        "SOCKS5, 0, 1, false",
        "HTTP, 1, 0, false",
        "HTTP, 255, 255, true",
    })
    void boundsUserAndPassword(Protocol protocol, int user, int password, boolean right) {
        if (right) {
            assertThat(proxy(protocol, "u".repeat(user), "p".repeat(password))).isNotNull();
        } else {
            assertThatThrownBy(() -> proxy(protocol, "u".repeat(user), "p".repeat(password)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 255 printing ASCII characters");
        }
    }

    @Test
    void refusesWhatAProtocolCannotSend() {
        assertThatThrownBy(() -> proxy(Protocol.SOCKS4A, "joe", "secret")).hasMessageContaining("no passwords");
        assertThatThrownBy(() -> proxy(Protocol.HTTP, "j:oe", "secret")).hasMessageContaining("without a colon");
        assertThatThrownBy(() -> proxy(Protocol.SOCKS5, "jo\r\ne", "secret")).hasMessageContaining("printing");
        assertThatThrownBy(() -> proxy(Protocol.SOCKS5, "joe", "\u00e4")).hasMessageContaining("printing");
        assertThatThrownBy(() -> new TunnelProxy(Protocol.SOCKS5, PROXY, Optional.of("joe"), Optional.empty()))
                .hasMessageContaining("needs a password");
        assertThatThrownBy(() ->
                        new TunnelProxy(Protocol.SOCKS5, PROXY, Optional.empty(), Optional.of(Secret.of("secret"))))
                .hasMessageContaining("needs a user");
        assertThat(new TunnelProxy(Protocol.SOCKS4A, PROXY, Optional.of("joe"), Optional.empty()))
                .isNotNull();
    }

    @Test
    void refusesMoreThanTwoInARow() {
        List<TunnelProxy> three = Collections.nCopies(3, TunnelProxy.of(Protocol.HTTP, PROXY));

        assertThatThrownBy(() -> new Via(three)).hasMessageContaining("at most 2");
        assertThat(new Via(three.subList(0, 2)).isTunnel()).isTrue();
        assertThat(Via.NONE.isTunnel()).isFalse();
    }

    @Test
    void onlyBehindAProxyAServerMayBeANameAndThenOne() {
        Via via = new Via(List.of(TunnelProxy.of(Protocol.HTTP, PROXY)));
        InetSocketAddress name = RouteServer.throughProxy(new HostPort("server.test", 21));
        InetSocketAddress address = RouteServer.throughProxy(new HostPort("192.0.2.1", 21));

        assertThat(name.isUnresolved()).isTrue();
        assertThat(address.isUnresolved()).isFalse();
        assertThat(new RouteServer(List.of(name), ServerTls.OFF, ServerUse.NONE, via).addresses())
                .containsExactly(name);
        assertThatThrownBy(() -> new RouteServer(List.of(name), ServerTls.OFF, ServerUse.NONE))
                .hasMessageContaining("resolved");
        assertThatThrownBy(() -> new RouteServer(List.of(address, name), ServerTls.OFF, ServerUse.NONE, via))
                .hasMessageContaining("one address or name");
    }
}
