package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.tls.trust.NoTrust;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedContextsTest {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.1", 21);

    @ParameterizedTest
    @CsvSource({
        "b.example.com,CN=b.example.com",
        "B.Example.Com,CN=b.example.com",
        "x.example.com,CN=*.example.com",
        "x.y.example.com,CN=first",
        "elsewhere,CN=first",
        ",CN=first"
    })
    void choosesTheNameThenTheWildcardThenTheFirst(String asked, String subject) throws Exception {
        NamedContexts contexts = new NamedContexts(
                List.of(
                        TlsFixture.credential(TlsFixture.selfSigned("first")),
                        TlsFixture.wildcard("*.example.com"),
                        TlsFixture.credential(TlsFixture.selfSigned("b.example.com"))),
                TlsFixture.maker(TlsEngine.JDK));

        SslContext chosen = contexts.choose(Optional.ofNullable(asked), LISTENER)
                .toCompletableFuture()
                .join();

        Handshake connection =
                Handshake.between(TlsFixture.client(TlsEngine.JDK, new NoTrust(), "TLSv1.3"), chosen, "a", 1);
        assertThat(connection.seenByClient().getPeerPrincipal()).hasToString(subject);
    }
}
