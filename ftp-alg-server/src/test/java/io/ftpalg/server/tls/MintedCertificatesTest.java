package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.LogCapture;
import io.ftpalg.server.tls.trust.Certificates;
import io.ftpalg.server.tls.trust.ChainTrust;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MintedCertificatesTest {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.9", 21);
    private static final String FLOODING = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    @TempDir
    private Path folder = Path.of(".");

    private Instant now = Instant.now();
    private long nanoTime;
    private final ExecutorService thread = MintedCertificates.thread();

    @Test
    void madeForTheNameAskedForAndTrustedByWhoTrustsTheCa() throws Exception {
        X509Bundle ca = TlsFixture.ca("ca");
        try (MintedCertificates minted = minted(ca, Optional.empty())) {
            SslContext client = TlsFixture.clientBuilder(
                            TlsEngine.JDK, new ChainTrust(List.of(ca.getCertificate())), "TLSv1.3")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();

            SslContext server = minted.choose(Optional.of("FTP.example.com"), LISTENER)
                    .toCompletableFuture()
                    .join();

            assertThat(Handshake.between(client, server, "ftp.example.com", 1)
                            .seenByClient()
                            .getPeerCertificates())
                    .hasSize(2);
            assertThat(minted.choose(Optional.of("ftp.example.com"), LISTENER)
                            .toCompletableFuture()
                            .join())
                    .isSameAs(server);
            assertThat(minted.size()).isEqualTo(1);
        }
    }

    @Test
    void withoutANameItIsTheServersOrElseTheListenersAddress() throws Exception {
        try (MintedCertificates reverse = minted(TlsFixture.ca("ca"), Optional.of("ftp.example.com"));
                MintedCertificates forward = minted(TlsFixture.ca("ca"), Optional.empty())) {
            assertThat(Certificates.names(certificate(reverse, Optional.empty())))
                    .containsExactly("ftp.example.com");
            assertThat(Certificates.names(certificate(forward, Optional.empty())))
                    .containsExactly("127.0.0.9");
            assertThat(Certificates.names(certificate(forward, Optional.of("not a name!"))))
                    .containsExactly("127.0.0.9");
        }
    }

    @Test
    void madeAgainBeforeItExpires() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.of("a"))) {
            X509Certificate first = certificate(minted, Optional.empty());
            now = now.plus(Duration.ofDays(19));
            assertThat(certificate(minted, Optional.empty())).isEqualTo(first);
            now = now.plus(Duration.ofDays(2));

            assertThat(certificate(minted, Optional.empty())).isNotEqualTo(first);
        }
    }

    @Test
    void keepsAThousandAndForgetsTheOneUnusedLongest() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            SslContext first = minted.choose(Optional.of("first"), LISTENER)
                    .toCompletableFuture()
                    .join();
            for (int i = 0; i < 1024; i++) {
                minted.choose(Optional.of("n" + i), LISTENER)
                        .toCompletableFuture()
                        .join();
            }

            assertThat(minted.size()).isEqualTo(1024);
            assertThat(minted.choose(Optional.of("first"), LISTENER)
                            .toCompletableFuture()
                            .join())
                    .isNotSameAs(first);
        }
    }

    @Test
    void aFloodOfNamesLeavesThoseThatAreAskedForAgain() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            SslContext real = minted.choose(Optional.of("real"), LISTENER)
                    .toCompletableFuture()
                    .join();
            minted.choose(Optional.of("real"), LISTENER).toCompletableFuture().join();
            for (int i = 0; i < 1100; i++) {
                minted.choose(Optional.of("n" + i), LISTENER)
                        .toCompletableFuture()
                        .join();
            }

            assertThat(minted.size()).isEqualTo(1024);
            assertThat(minted.choose(Optional.of("real"), LISTENER)
                            .toCompletableFuture()
                            .join())
                    .isSameAs(real);
        }
    }

    @Test
    void allHaveOneKey() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            assertThat(certificate(minted, Optional.of("a")).getPublicKey())
                    .isEqualTo(certificate(minted, Optional.of("b")).getPublicKey());
        }
    }

    /** 500 hellos with new names and an immediate close took the only thread for 10 s and more. */
    @Test
    void aNewNameIsMadeAtOnceBehind500ThatNobodyWaitsFor() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            CountDownLatch release = new CountDownLatch(1);
            thread.execute(() -> await(release));
            for (int i = 0; i < 500; i++) {
                choose(minted, "n" + i, FLOODING).cancel(false);
            }
            CompletableFuture<SslContext> wanted = choose(minted, "wanted", FLOODING);
            release.countDown();

            assertThat(TlsFixture.shown(wanted.get(10, TimeUnit.SECONDS)).getSubjectX500Principal())
                    .hasToString("CN=wanted");
            assertThat(minted.size()).as("made").isEqualTo(1);
        }
    }

    @Test
    void newNamesOfOneAddressAreRefusedBeyondItsRateAndLoggedOnceAMinute() throws Exception {
        try (LogCapture log = new LogCapture(MintedCertificates.class)) {
            try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
                CountDownLatch release = new CountDownLatch(1);
                SslContext known = choose(minted, "known", OTHER).join();
                thread.execute(() -> await(release));
                List<CompletableFuture<SslContext>> asked = IntStream.range(0, 500)
                        .mapToObj(i -> choose(minted, "n" + i, FLOODING))
                        .toList();

                assertThat(asked.subList(0, 100)).noneMatch(CompletableFuture::isDone);
                assertThat(asked.subList(100, 500)).allMatch(CompletableFuture::isCompletedExceptionally);
                assertThat(choose(minted, "known", FLOODING)).isCompletedWithValue(known);
                CompletableFuture<SslContext> others = choose(minted, "another", OTHER);
                release.countDown();
                assertThat(others.get(10, TimeUnit.SECONDS)).isNotNull();
                nanoTime += TimeUnit.SECONDS.toNanos(10);
                assertThat(choose(minted, "later", FLOODING).get(10, TimeUnit.SECONDS))
                        .isNotNull();

                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .startsWith("WARN certificate refused name=n100 client=192.0.2.1 "
                                + "reason=\"its address requested more than 100 new names at once and 50 a second;")
                        .endsWith(" are served\"");
            }
            assertThat(log.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("WARN certificate refused name=n499 client=192.0.2.1 ")
                    .endsWith(" repeated=398");
        }
    }

    @Test
    void newNamesAreRefusedWhile256WaitAndLoggedOnce() throws Exception {
        try (LogCapture log = new LogCapture(MintedCertificates.class);
                MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            CountDownLatch release = new CountDownLatch(1);
            thread.execute(() -> await(release));
            List<CompletableFuture<SslContext>> asked = IntStream.range(0, 500)
                    .mapToObj(i -> choose(minted, "n" + i, "10.0.0." + i % 250))
                    .toList();

            assertThat(asked.subList(0, 256)).noneMatch(CompletableFuture::isDone);
            assertThat(asked.subList(256, 500)).allMatch(CompletableFuture::isCompletedExceptionally);
            release.countDown();
            CompletableFuture.allOf(asked.subList(0, 256).toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
            assertThat(choose(minted, "n499", OTHER).get(10, TimeUnit.SECONDS)).isNotNull();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN certificate refused name=n256 client=10.0.0.6 reason=\"256 names wait");
        }
    }

    private static CompletableFuture<SslContext> choose(MintedCertificates minted, String name, String client) {
        return minted.choose(Optional.of(name), LISTENER, new InetSocketAddress(client, 1024))
                .toCompletableFuture();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusesWhatIsNoCaOrExpired() throws Exception {
        X509Bundle leaf = TlsFixture.server("leaf").buildIssuedBy(TlsFixture.ca("ca"));
        X509Bundle old = new CertificateBuilder()
                .ecp256()
                .subject("CN=old")
                .setIsCertificateAuthority(true)
                .notBefore(Instant.now().minus(Duration.ofDays(9)))
                .notAfter(Instant.now().minus(Duration.ofDays(1)))
                .buildSelfSigned();

        assertThatThrownBy(() -> minted(leaf, Optional.empty()))
                .hasMessageEndingWith("ca.crt: is not a CA certificate (basicConstraints CA:TRUE)");
        assertThatThrownBy(() -> minted(old, Optional.empty())).hasMessageContaining("ca.crt: expired ");
    }

    private MintedCertificates minted(X509Bundle ca, Optional<String> otherwise) throws Exception {
        return new MintedCertificates(
                new CertificateChoice.Minted(TlsFixture.files(folder, "ca", ca), otherwise),
                TlsFixture.maker(TlsEngine.JDK),
                () -> now,
                () -> nanoTime,
                thread);
    }

    private static X509Certificate certificate(MintedCertificates minted, Optional<String> name) throws Exception {
        return TlsFixture.shown(
                minted.choose(name, LISTENER).toCompletableFuture().join());
    }
}
