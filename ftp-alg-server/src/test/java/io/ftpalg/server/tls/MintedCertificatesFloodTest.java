package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that ask for new names and leave at once, over sockets. */
@Timeout(120)
class MintedCertificatesFloodTest {
    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NIO"})
    void aNewNameIsServedAtOnceBehind500OfClientsThatLeft(TransportType transport) throws Exception {
        ExecutorService thread = MintedCertificates.thread();
        CountDownLatch release = new CountDownLatch(1);
        Closed closed = new Closed(new AtomicInteger());
        CertificateChoice.Minted choice =
                new CertificateChoice.Minted(TlsFixture.files(folder, "ca", TlsFixture.ca("ca")), Optional.empty());
        try (MintedCertificates minted = new MintedCertificates(
                        choice, TlsFixture.maker(TlsEngine.JDK), InstantSource.system(), System::nanoTime, thread);
                FtpAlg gateway = gateway(minted, closed, transport)) {
            thread.execute(() -> hold(release));
            for (int i = 0; i < 500; i++) {
                leave(gateway, hello("n" + i + ".example"), i % 2 == 0);
            }
            await().atMost(30, TimeUnit.SECONDS).untilAtomic(closed.sessions(), is(500));

            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> shakeHands(gateway, "wanted.example"));
            release.countDown();

            served.get(20, TimeUnit.SECONDS);
            assertThat(minted.size()).as("names made").isEqualTo(1);
        }
    }

    private record Closed(AtomicInteger sessions) implements AlgListener {
        @Override
        public void sessionClosed(SessionClosed event) {
            sessions.incrementAndGet();
        }
    }

    private static FtpAlg gateway(MintedCertificates minted, AlgListener listener, TransportType transport)
            throws Exception {
        return FtpAlg.builder()
                .listenImplicitTls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .router(Routers.forward(TargetRules.of(List.of()), ServerDataMode.CLIENT, Optional.empty()))
                .clientTls(ClientTls.OPTIONAL, minted)
                .transport(transport)
                .listener(listener)
                .limits(Limits.builder()
                        .sessions(1000)
                        .sessionsPerAddress(1000)
                        .newSessionsPerSecond(1000)
                        .build())
                .build()
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Connects, sends the hello, and closes: with a FIN, or with a reset. */
    private static void leave(FtpAlg gateway, byte[] hello, boolean reset) throws IOException {
        try (Socket client = connect(gateway)) {
            client.setSoLinger(reset, 0);
            client.getOutputStream().write(hello);
        }
    }

    private static Socket connect(FtpAlg gateway) throws IOException {
        InetSocketAddress address = gateway.boundAddresses().get(0);
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void shakeHands(FtpAlg gateway, String name) {
        try (Socket clear = connect(gateway);
                SSLSocket client = (SSLSocket)
                        TlsFixture.trustingAll().getSocketFactory().createSocket(clear, name, clear.getPort(), true)) {
            client.startHandshake();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static byte[] hello(String name) throws SSLException {
        SSLEngine engine = TlsFixture.trustingAll().createSSLEngine(name, 21);
        engine.setUseClientMode(true);
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
