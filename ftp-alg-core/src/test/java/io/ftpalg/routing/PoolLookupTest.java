package io.ftpalg.routing;

import static io.ftpalg.routing.Names.at;
import static io.ftpalg.routing.Names.record;
import static io.ftpalg.routing.Names.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolLookupTest {
    private final Names names = new Names();

    @Test
    void findsAllAddressesOfAHost() {
        names.host("a", "10.0.0.1", "2001:db8::1");

        assertThat(find(host("a:2121")))
                .containsExactly(new PoolLookup.Found(List.of(List.of(new PoolTarget(
                        server("a:2121"), List.of(at("10.0.0.1", 2121), at("2001:db8::1", 2121)), ServerTls.OFF, 0)))));
    }

    @Test
    void asksNobodyForALiteral() {
        assertThat(find(host("[::1]:21"))).hasSize(1);
        assertThat(names.asked).isEmpty();
    }

    /** Services are records that proxies cannot be asked for. */
    @Test
    void asksForServicesOnlyWhereAProxyLooksHostsUp() {
        names.service("_ftp._tcp.x", record(10, 5, "a:2121"), record(10, 7, "10.0.0.2"));

        List<PoolLookup.Found> found = begin(new PoolLookup(
                        List.of(host("b"), service("_ftp._tcp.x")),
                        new Via(List.of(TunnelProxy.of(TunnelProxy.Protocol.SOCKS5, new HostPort("proxy", 1080))))))
                .join();

        assertThat(found.stream()
                        .flatMap(one -> one.tiers().stream())
                        .flatMap(List::stream)
                        .flatMap(target -> target.addresses().stream()))
                .containsExactly(
                        InetSocketAddress.createUnresolved("b", 21),
                        InetSocketAddress.createUnresolved("a", 2121),
                        at("10.0.0.2", 21));
        assertThat(names.asked).containsExactly("_ftp._tcp.x");
    }

    @Test
    void leavesOutAHostWithoutAddress() {
        names.host("b", "10.0.0.2");

        List<PoolLookup.Found> found = find(host("a"), host("b"));

        assertThat(found.get(0).tiers()).isEmpty();
        assertThat(servers(found.get(1))).containsExactly("[b:21]");
    }

    @Test
    void findsTheServersOfAServiceByPriority() {
        names.host("a", "10.0.0.1")
                .host("b", "10.0.0.2")
                .host("c", "10.0.0.3")
                .service(
                        "_ftp._tcp.x",
                        record(20, 1, "c"),
                        record(10, 5, "a:2121"),
                        record(10, 7, "b"),
                        record(5, 0, "gone"));

        List<PoolLookup.Found> found = find(service("_ftp._tcp.x"));

        assertThat(servers(found.get(0))).containsExactly("[a:2121, b:21]", "[c:21]");
        assertThat(found.get(0).tiers().get(0)).extracting(PoolTarget::weight).containsExactly(5, 7);
    }

    @Test
    void failsIfNothingIsFoundAtAll() {
        names.service("_ftp._tcp.x", record(1, 1, "gone"));

        assertThatThrownBy(() -> find(host("a"), service("_ftp._tcp.x"), service("_ftp._tcp.y")))
                .hasCauseInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no server has an address: a:21, _ftp._tcp.x, _ftp._tcp.y");
    }

    @Test
    void checksTheCertificateForEachServersOwnName() {
        names.host("a", "10.0.0.1").service("_ftp._tcp.x", record(1, 1, "a:990"));
        ServerTls tls = ServerTls.explicit(ServerTls.Mode.REQUIRED);

        PoolTarget target = find(PoolServer.service("_ftp._tcp.x", tls))
                .get(0)
                .tiers()
                .get(0)
                .get(0);

        assertThat(target.tls().name()).isEqualTo(Optional.of("a"));
        assertThat(target.tls().implicit()).isTrue();
    }

    @Test
    void asksAnewEachTime() {
        names.host("a", "10.0.0.1");
        find(host("a"));
        names.host("a", "10.0.0.2");

        assertThat(find(host("a")).get(0).tiers().get(0).get(0).addresses()).containsExactly(at("10.0.0.2", 21));
    }

    /** A name server that is silent would hold up every session. */
    @Test
    void waitsOnceForANameThatLeadsNowhere() {
        names.host("a", "10.0.0.1").host("c", "10.0.0.3");
        CompletableFuture<List<InetAddress>> silent = names.silent("b");
        PoolLookup lookup = new PoolLookup(List.of(host("a"), host("b"), host("c")), Via.NONE);
        CompletableFuture<List<PoolLookup.Found>> first = begin(lookup);
        assertThat(first).isNotDone();
        silent.completeExceptionally(new UnknownHostException("b"));
        assertThat(first).isCompleted();

        names.silent("b");

        assertThat(begin(lookup).join()).flatExtracting(PoolLookupTest::found).containsExactly("a:21", "c:21");
        assertThat(names.asked).containsExactly("a", "c", "a", "c");
    }

    @Test
    void waitsAgainForANameThatIsFoundAgain() {
        names.host("a", "10.0.0.1");
        PoolLookup lookup = new PoolLookup(List.of(host("a"), host("b")), Via.NONE);
        begin(lookup);
        CompletableFuture<List<InetAddress>> late = names.silent("b");
        begin(lookup);
        late.complete(List.of(Names.ip("10.0.0.2")));

        CompletableFuture<List<InetAddress>> slow = names.silent("b");
        CompletableFuture<List<PoolLookup.Found>> next = begin(lookup);
        assertThat(next).isNotDone();
        slow.complete(List.of(Names.ip("10.0.0.2")));

        assertThat(next.join()).flatExtracting(PoolLookupTest::found).containsExactly("a:21", "b:21");
    }

    @Test
    void waitsForANameThatLedNowhereUntilThereIsAServer() {
        PoolLookup lookup = new PoolLookup(List.of(host("a"), host("b")), Via.NONE);
        assertThat(begin(lookup)).isCompletedExceptionally();
        CompletableFuture<List<InetAddress>> found = names.silent("a");
        names.silent("b");

        CompletableFuture<List<PoolLookup.Found>> next = begin(lookup);
        assertThat(next).isNotDone();
        found.complete(List.of(Names.ip("10.0.0.1")));

        assertThat(next.join()).flatExtracting(PoolLookupTest::found).containsExactly("a:21");
    }

    @Test
    void waitsOnceForAServerOfAServiceThatLeadsNowhere() {
        names.host("a", "10.0.0.1").service("_ftp._tcp.x", record(1, 1, "a"), record(1, 1, "b"));
        PoolLookup lookup = new PoolLookup(List.of(service("_ftp._tcp.x")), Via.NONE);
        begin(lookup);

        names.silent("b");

        assertThat(begin(lookup).join()).flatExtracting(PoolLookupTest::found).containsExactly("a:21");
    }

    @Test
    void waitsOnceForAServiceWhoseServersAllLeadNowhere() {
        names.host("a", "10.0.0.1").service("_ftp._tcp.x", record(1, 1, "b"));
        PoolLookup lookup = new PoolLookup(List.of(host("a"), service("_ftp._tcp.x")), Via.NONE);
        begin(lookup);

        names.silent("b");

        assertThat(begin(lookup).join()).flatExtracting(PoolLookupTest::found).containsExactly("a:21");
    }

    private CompletableFuture<List<PoolLookup.Found>> begin(PoolLookup lookup) {
        return lookup.find(names).toCompletableFuture();
    }

    private List<PoolLookup.Found> find(PoolServer... servers) {
        return begin(new PoolLookup(List.of(servers), Via.NONE)).join();
    }

    private static List<String> found(PoolLookup.Found found) {
        return found.tiers().stream()
                .flatMap(List::stream)
                .map(target -> target.server().toString())
                .toList();
    }

    private static Stream<String> servers(PoolLookup.Found found) {
        return found.tiers().stream()
                .map(tier -> tier.stream().map(PoolTarget::server).toList().toString());
    }

    private static PoolServer host(String text) {
        return PoolServer.of(server(text), ServerTls.OFF);
    }

    private static PoolServer service(String name) {
        return PoolServer.service(name, ServerTls.OFF);
    }
}
