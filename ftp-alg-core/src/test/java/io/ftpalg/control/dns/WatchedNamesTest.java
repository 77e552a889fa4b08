package io.ftpalg.control.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.shared.AnnouncedAddresses;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedNamesTest {
    private static final InetAddress FIRST = IpLiteral.parse("203.0.113.1").orElseThrow();
    private static final InetAddress SECOND = IpLiteral.parse("203.0.113.2").orElseThrow();
    private static final InetAddress IPV6 = IpLiteral.parse("2001:db8::1").orElseThrow();
    private static final InetAddress CLIENT = IpLiteral.parse("192.0.2.7").orElseThrow();

    private final EventLoop loop = new DefaultEventLoop();
    private final WatchedNames names = new WatchedNames(List.of("ftp.example"), Duration.ofMillis(10));
    private final Answers answers = new Answers();

    @AfterEach
    void stop() {
        names.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** R7. */
    @Test
    void followsAnAddressThatChangesAndKeepsTheLastWhileTheLookupFails() {
        answers.next = CompletableFuture.completedFuture(List.of(IPV6, FIRST));
        names.start(answers, loop).join();
        assertThat(names.address("ftp.example")).contains(FIRST);

        answers.next = CompletableFuture.failedFuture(new UnknownHostException("gone"));
        int before = answers.asked.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> answers.asked.get() > before + 2);
        assertThat(names.address("ftp.example")).contains(FIRST);

        answers.next = CompletableFuture.completedFuture(List.of(SECOND));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> names.address("ftp.example").filter(SECOND::equals).isPresent());
    }

    @Test
    void staysWithAnAddressThatIsStillAmongSeveral() {
        answers.next = CompletableFuture.completedFuture(List.of(FIRST, SECOND));
        names.start(answers, loop).join();
        answers.next = CompletableFuture.completedFuture(List.of(SECOND, FIRST));
        int before = answers.asked.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> answers.asked.get() > before + 2);

        assertThat(names.address("ftp.example")).contains(FIRST);
    }

    @Test
    void hasNoAddressOfANameWithoutOne() {
        answers.next = CompletableFuture.completedFuture(List.of(IPV6));

        names.start(answers, loop).join();

        assertThat(names.address("ftp.example")).isEmpty();
    }

    /** A name server that is silent does not hold up the start for long. */
    @Test
    void startsWithoutAnAnswer() {
        answers.next = new CompletableFuture<>();

        names.start(answers, loop).join();

        assertThat(names.address("ftp.example")).isEmpty();
    }

    @Test
    void asksForNothingIfThereAreNoNames() {
        try (WatchedNames none = new WatchedNames(List.of())) {
            none.start(answers, loop).join();
        }
        assertThat(answers.asked).hasValue(0);
    }

    @Test
    void asksNoMoreOnceClosed() {
        names.start(answers, loop).join();
        names.close();
        // What was scheduled before is over once the loop has run what was scheduled after it.
        loop.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).syncUninterruptibly();
        int asked = answers.asked.get();

        loop.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).syncUninterruptibly();

        assertThat(answers.asked).hasValue(asked);
    }

    /** R7. */
    @Test
    void announceTheAddressOfTheFirstNetworkThatHasTheClient() throws UnknownHostException {
        answers.next = CompletableFuture.completedFuture(List.of(FIRST));
        names.start(answers, loop).join();
        AnnouncedAddresses announced = new AnnouncedAddresses(
                List.of(
                        new PassiveAddress(Cidr.parse("10.0.0.0/8").orElseThrow(), "10.0.0.9"),
                        new PassiveAddress(Cidr.parse("192.0.2.0/24").orElseThrow(), "ftp.example"),
                        new PassiveAddress(Cidr.parse("198.51.100.0/24").orElseThrow(), "other.example")),
                names);

        assertThat(announced.of(IpLiteral.parse("10.1.1.1").orElseThrow())).isEqualTo(IpLiteral.parse("10.0.0.9"));
        assertThat(announced.of(CLIENT)).contains(FIRST);
        assertThat(announced.of(IpLiteral.parse("203.0.113.99").orElseThrow())).isEmpty();
        assertThat(announced.orElse(SECOND).of(IpLiteral.parse("203.0.113.99").orElseThrow()))
                .contains(SECOND);
        assertThat(announced.orElse(SECOND).of(CLIENT)).contains(FIRST);
        assertThatThrownBy(() -> announced.of(IpLiteral.parse("198.51.100.1").orElseThrow()))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("other.example");
    }

    /** What a name server answers from now on. */
    private static final class Answers implements NameResolver {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile CompletableFuture<List<InetAddress>> next = CompletableFuture.completedFuture(List.of(FIRST));

        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            asked.incrementAndGet();
            return next;
        }

        @Override
        public CompletionStage<List<ServiceRecord>> services(String name) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException(name));
        }
    }
}
