package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRules;
import io.ftpalg.tls.ClientTlsContexts;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Contradictions, each refused before anything is started, with the names of both. */
class GatewayOptionsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 2121);
    private static final ClientTlsContexts NO_CONTEXTS =
            (name, listener) -> CompletableFuture.failedStage(new IllegalStateException());

    private final FtpAlgBuilder builder = FtpAlg.builder()
            .router(Routers.fixed(new HostPort("127.0.0.1", 21), ServerDataMode.CLIENT, Optional.empty()));

    @Test
    void listensOnceAtAnAddress() {
        assertRefused(builder.listen(ADDRESS).listen(ADDRESS), "listen(127.0.0.1:2121) was called twice");
    }

    @Test
    void listensAtAnAddressWithOneBeginningOfTls() {
        assertRefused(
                builder.listen(ADDRESS).listenImplicitTls(ADDRESS).clientTls(ClientTls.OPTIONAL, NO_CONTEXTS),
                "listenImplicitTls(127.0.0.1:2121) and another listen name the same address: TLS begins there with the"
                        + " connection, or with AUTH");
    }

    @Test
    void listensAnywhereTwiceWhereTheSystemPicksThePort() {
        InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);

        assertThat(builder.listen(any).listen(any).options().addresses()).containsExactly(any, any);
    }

    @Test
    void hasTargetsWhereClientsNameTheirServer() {
        assertRefused(
                builder.listen(ADDRESS).protocol(ListenerProtocol.SOCKS5),
                "protocol(SOCKS5) needs a router that takes targets, such as Routers.forward: the client names its server");
    }

    @Test
    void hasClientsThatNameTheirServerOrThatConnectToIt() {
        assertRefused(
                forward(ListenerProtocol.HTTP).transport(TransportType.EPOLL).transparent(TransparentMode.TPROXY),
                "protocol(HTTP) contradicts transparent: clients either name their server or do not know of the gateway");
    }

    @Test
    void hasImplicitTlsWithFtpOnly() {
        assertRefused(
                forward(ListenerProtocol.HTTP)
                        .listenImplicitTls(new InetSocketAddress("127.0.0.1", 990))
                        .clientTls(ClientTls.OPTIONAL, NO_CONTEXTS),
                "protocol(HTTP) contradicts listenImplicitTls: clients begin in the clear there");
    }

    private FtpAlgBuilder forward(ListenerProtocol protocol) {
        return builder.listen(ADDRESS)
                .router(Routers.forward(TargetRules.PUBLIC, ServerDataMode.CLIENT, Optional.empty()))
                .protocol(protocol);
    }

    @Test
    void hasImplicitTlsOnlyWithTls() {
        assertRefused(
                builder.listenImplicitTls(ADDRESS).clientTls(ClientTls.NONE, NO_CONTEXTS),
                "listenImplicitTls contradicts clientTls(control OFF): there is no TLS without it");
    }

    @Test
    void hasTlsByAuthOnlyWhereAuthIsItsOwn() {
        ClientTls unreachable = new ClientTls(TlsUse.REQUIRED, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);

        assertRefused(
                builder.listen(ADDRESS).clientTls(unreachable, NO_CONTEXTS),
                "clientTls(control REQUIRED) contradicts AUTH PASSTHROUGH: clients come to TLS by AUTH only, or at an address"
                        + " of listenImplicitTls");
    }

    @Test
    void passesNoAuthOnWhereTlsIsImplicit() {
        assertRefused(
                builder.listen(ADDRESS)
                        .listenImplicitTls(new InetSocketAddress("127.0.0.1", 990))
                        .clientTls(ClientTls.NONE, NO_CONTEXTS)
                        .auth(AuthMode.PASSTHROUGH),
                "auth(PASSTHROUGH) contradicts listenImplicitTls: leave one of them out");
    }

    @Test
    void endsNoTlsThatIsNotThere() {
        assertRefused(
                builder.listen(ADDRESS)
                        .clientTls(
                                new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.TERMINATE, false, true, false),
                                NO_CONTEXTS),
                "clientTls(control OFF) contradicts clearCommandChannel: there is no TLS");
        assertRefused(
                builder.clientTls(
                        new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.TERMINATE, false, false, true), NO_CONTEXTS),
                "clientTls(control OFF) contradicts dataReuse: there is no TLS");
    }

    private static void assertRefused(FtpAlgBuilder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }
}
