package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.LogCapture;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCertificatesTest {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.9", 21);
    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void takesTheNewCertificateWhenTheFilesChange() throws Exception {
        X509Bundle old = TlsFixture.selfSigned("old");
        X509Bundle renewed = TlsFixture.selfSigned("new");
        CredentialSource files = TlsFixture.files(folder, "a", old);
        try (StoredCertificates stored = stored(files)) {
            assertThat(shown(stored)).isEqualTo(old.getCertificate());

            assertThat(TlsFixture.files(folder, "a", renewed)).isEqualTo(files);

            await().untilAsserted(() -> assertThat(shown(stored)).isEqualTo(renewed.getCertificate()));
        }
    }

    @Test
    void keepsTheOldCertificateWhileTheNewFilesAreWrongAndSaysSoOnce() throws Exception {
        X509Bundle old = TlsFixture.selfSigned("old");
        CredentialSource.PemPair files = TlsFixture.files(folder, "a", old);
        try (LogCapture log = new LogCapture(StoredCertificates.class);
                StoredCertificates stored = stored(files)) {
            Files.writeString(files.certificate(), "rubbish");
            String warning = "WARN certificates kept detail=\"" + files.certificate()
                    + ": has no PEM certificate (-----BEGIN CERTIFICATE-----)\"";
            await().until(() -> log.lines().contains(warning));
            assertThat(shown(stored)).isEqualTo(old.getCertificate());

            X509Bundle renewed = TlsFixture.selfSigned("new");
            Files.writeString(files.key(), renewed.getPrivateKeyPEM());
            Files.writeString(files.certificate(), renewed.getCertificatePathPEM());
            await().untilAsserted(() -> assertThat(shown(stored)).isEqualTo(renewed.getCertificate()));

            assertThat(log.lines()).last().asString().startsWith("INFO certificates reloaded files=");
        }
    }

    @Test
    void looksAgainAfterALookThatFailedWithAnError() throws Exception {
        X509Bundle old = TlsFixture.selfSigned("old");
        CredentialSource.PemPair files = TlsFixture.files(folder, "a", old);
        AtomicInteger reads = new AtomicInteger();
        StoredCertificates.Settings failing = () -> {
            if (reads.incrementAndGet() == 2) {
                throw new LinkageError("test");
            }
            return TlsFixture.maker(TlsEngine.JDK);
        };
        try (LogCapture log = new LogCapture(StoredCertificates.class);
                StoredCertificates stored = new StoredCertificates(List.of(files), List.of(), failing, OFTEN)) {
            Files.writeString(files.certificate(), old.getCertificatePathPEM() + "\n");
            await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("ERROR certificates kept")));

            X509Bundle renewed = TlsFixture.selfSigned("new");
            Files.writeString(files.key(), renewed.getPrivateKeyPEM());
            Files.writeString(files.certificate(), renewed.getCertificatePathPEM());

            await().untilAsserted(() -> assertThat(shown(stored)).isEqualTo(renewed.getCertificate()));
        }
    }

    @Test
    void refusesToBeginWithoutAUsableCertificate() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> stored(new CredentialSource.PemPair(missing, missing)))
                .isInstanceOf(TlsConfigException.class)
                .hasMessage(missing + ": there is no such file");
    }

    private static StoredCertificates stored(CredentialSource source) throws TlsConfigException {
        return new StoredCertificates(List.of(source), List.of(), () -> TlsFixture.maker(TlsEngine.JDK), OFTEN);
    }

    private static X509Certificate shown(StoredCertificates stored) throws Exception {
        return TlsFixture.shown(
                stored.choose(Optional.empty(), LISTENER).toCompletableFuture().join());
    }
}
