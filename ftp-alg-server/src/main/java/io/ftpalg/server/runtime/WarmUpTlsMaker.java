package io.ftpalg.server.runtime;

import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.CertificateMaker;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.Credential;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.warmup.WarmUpTls;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the TLS of the warm-up: the engine and the profile of the program, a certificate of its own in memory. Stateless. */
final class WarmUpTlsMaker {
    private static final Logger logger = LoggerFactory.getLogger(WarmUpTlsMaker.class);
    private static final Duration VALIDITY = Duration.ofDays(1);

    private WarmUpTlsMaker() {}

    /** Returns that of the first listener that ends TLS of clients; none where no listener does, or it cannot be made. */
    static Optional<WarmUpTls> of(ProgramSettings settings) {
        return settings.listeners().stream()
                .flatMap(listener -> listener.clientTls().leg().stream())
                .findFirst()
                .flatMap(WarmUpTlsMaker::of);
    }

    private static Optional<WarmUpTls> of(ClientLeg leg) {
        try {
            Credential made = new CertificateMaker().selfSigned(List.of("127.0.0.1"), Instant.now(), VALIDITY);
            ClientLeg own = new ClientLeg(
                    new CertificateChoice.Given(made),
                    leg.runningEngine(),
                    leg.profile(),
                    ClientAuth.NONE,
                    Optional.empty(),
                    false);
            return Optional.of(new WarmUpTls(own.contexts(), sockets(made)));
        } catch (TlsConfigException | GeneralSecurityException | IOException e) {
            logger.warn("warm-up without TLS cause={}", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static SSLSocketFactory sockets(Credential accepted) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("warm-up", accepted.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
