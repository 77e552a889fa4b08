package io.ftpalg.control.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.NameServer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.ftpalg.control.net.TransportTest#available")
@Timeout(20)
class DnsNamesTest {
    private static final InetAddress ONE = IpLiteral.parse("10.0.0.1").orElseThrow();
    private static final InetAddress TWO = IpLiteral.parse("10.0.0.2").orElseThrow();

    private final NameServer server = new NameServer();
    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private DnsNames names;

    DnsNamesTest(Transport transport) {
        this.transport = transport;
        group = new MultiThreadIoEventLoopGroup(2, transport.loops());
        names = new DnsNames(transport, List.of(server.address()));
    }

    @AfterEach
    void close() {
        names.close();
        server.close();
        assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
    }

    /** By the hosts file: nothing here may ask a server. */
    @Test
    void knowsLocalhost() {
        try (DnsNames ofSystem = new DnsNames(transport)) {
            assertThat(TestNetwork.soon(
                            ofSystem.on(group.next()).resolve("localhost").toCompletableFuture()))
                    .isNotEmpty()
                    .allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @Test
    void asksNoNameServerForWhatTheHostsFileHas() {
        names.close();
        names = new DnsNames(
                transport,
                List.of(server.address()),
                new HostsFile(
                        () -> {
                            try {
                                return HostsFileEntriesProvider.parser()
                                        .parse(new StringReader("10.0.0.2 ftp.example.com"));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        System::nanoTime));
        server.addresses("ftp.example.com", 60, ONE);

        assertThat(resolve("ftp.example.com")).containsExactly(TWO);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void asksTheNameServersThatItWasGiven() {
        server.addresses("ftp.example.com", 60, ONE, TWO);

        assertThat(resolve("ftp.example.com")).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(server.asked).contains("A ftp.example.com.");
    }

    @Test
    void asksTheNextNameServerIfOneIsNotThere() throws IOException {
        InetSocketAddress nobody;
        try (DatagramSocket gone = new DatagramSocket(0, TestNetwork.LOCALHOST)) {
            nobody = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        names.close();
        names = new DnsNames(transport, List.of(nobody, server.address()));
        server.addresses("ftp.example.com", 60, ONE);

        assertThat(resolve("ftp.example.com")).containsExactly(ONE);
    }

    @Test
    void keepsAnAnswerWhileItIsValid() {
        server.addresses("ftp.example.com", 60, ONE);
        resolve("ftp.example.com");
        int before = server.asked.size();

        assertThat(TestNetwork.soon(
                        names.on(group.next()).resolve("ftp.example.com").toCompletableFuture()))
                .containsExactly(ONE);

        assertThat(server.asked).hasSize(before);
    }

    @Test
    void keepsAnAnswerNoLongerThanItIsValid() {
        server.addresses("ftp.example.com", 1, ONE);
        assertThat(resolve("ftp.example.com")).containsExactly(ONE);
        long answered = System.nanoTime();
        server.addresses("ftp.example.com", 1, TWO);

        await().atMost(TestNetwork.PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> resolve("ftp.example.com")
                .equals(List.of(TWO)));

        assertThat(Duration.ofNanos(System.nanoTime() - answered))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    @Test
    void keepsNoAnswerThatIsValidForThisOnce() {
        server.addresses("ftp.example.com", 0, ONE);
        assertThat(resolve("ftp.example.com")).containsExactly(ONE);
        server.addresses("ftp.example.com", 0, TWO);

        await().atMost(Duration.ofMillis(900))
                .until(() -> resolve("ftp.example.com").equals(List.of(TWO)));
    }

    @Test
    void findsTheServersOfAService() {
        server.services(
                "_ftp._tcp.example.com",
                60,
                NameServer.service(10, 5, 2121, "ftp1.example.com"),
                NameServer.service(20, 7, 21, "ftp2.example.com"));

        assertThat(services("_ftp._tcp.example.com"))
                .containsExactlyInAnyOrder(
                        new ServiceRecord(10, 5, new HostPort("ftp1.example.com", 2121)),
                        new ServiceRecord(20, 7, new HostPort("ftp2.example.com", 21)));
        services("_ftp._tcp.example.com");
        assertThat(server.asked).containsExactly("SRV _ftp._tcp.example.com.");
    }

    @Test
    void asksForAServiceAgainWhenItsTimeIsOver() {
        server.services("_ftp._tcp.example.com", 1, NameServer.service(10, 5, 21, "ftp1.example.com"));
        services("_ftp._tcp.example.com");
        server.services("_ftp._tcp.example.com", 1, NameServer.service(10, 5, 21, "ftp2.example.com"));

        await().atMost(TestNetwork.PATIENCE)
                .until(() ->
                        services("_ftp._tcp.example.com").get(0).server().host().equals("ftp2.example.com"));
    }

    @Test
    void answersOnTheLoopItselfToo() {
        server.services("_ftp._tcp.example.com", 60, NameServer.service(10, 5, 21, "ftp1.example.com"));
        var loop = group.next();

        assertThat(TestNetwork.soon(loop.submit(() ->
                                names.on(loop).services("_ftp._tcp.example.com").toCompletableFuture())
                        .syncUninterruptibly()
                        .getNow()))
                .hasSize(1);
    }

    @Test
    void tellsThatThereIsNoSuchServiceOrNoServerOfIt() {
        server.services("_ftp._tcp.example.com", 60, NameServer.service(0, 0, 0, ""));

        for (String name : List.of("_ftp._tcp.example.com", "_ftp._tcp.example.org")) {
            assertThatThrownBy(() -> names.on(group.next())
                            .services(name)
                            .toCompletableFuture()
                            .get(8, TimeUnit.SECONDS))
                    .as(name)
                    .cause()
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void failsOnceItIsClosedOrAskedForNoName() {
        names.close();

        for (String name : List.of("_ftp._tcp.example.com", "_ftp..example.com")) {
            assertThatThrownBy(() -> one().services(name).toCompletableFuture().get(8, TimeUnit.SECONDS))
                    .as(name)
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private List<InetAddress> resolve(String host) {
        return TestNetwork.soon(one().resolve(host).toCompletableFuture());
    }

    private List<ServiceRecord> services(String name) {
        return TestNetwork.soon(one().services(name).toCompletableFuture());
    }

    private NameResolver one() {
        return names.on((EventLoop) group.iterator().next());
    }
}
