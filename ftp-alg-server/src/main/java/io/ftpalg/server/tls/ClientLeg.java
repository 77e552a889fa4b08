package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.Certificates;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.ClientAuth;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TLS with clients is to be.
 *
 * @param certificates where the certificates come from
 * @param engine what does the work
 * @param profile versions and ciphers
 * @param clientAuth whether clients show a certificate
 * @param clientCa the CA bundle for clients; the JDK's CAs if absent
 * @param requireDataReuse whether data connections must resume the TLS session of their control connection
 */
public record ClientLeg(
        CertificateChoice certificates,
        TlsEngine engine,
        TlsProfile profile,
        ClientAuth clientAuth,
        Optional<Path> clientCa,
        boolean requireDataReuse) {
    private static final Logger logger = LoggerFactory.getLogger(ClientLeg.class);
    private static final Duration SELF_SIGNED_VALIDITY = Duration.ofDays(365);

    /** Returns a leg with these certificates, all else as it is without options. */
    public static ClientLeg of(CertificateChoice certificates) {
        return new ClientLeg(
                certificates, TlsEngine.AUTO, TlsProfile.INTERMEDIATE, ClientAuth.NONE, Optional.empty(), false);
    }

    /** Returns the engine that runs. */
    public TlsEngine runningEngine() {
        return requireDataReuse ? TlsEngine.JDK : engine.resolved();
    }

    /** Reads the files and returns the contexts; who asked closes those that are AutoCloseable. Blocks. */
    public ClientTlsContexts contexts() throws TlsConfigException {
        Optional<String> missing = engine.missing();
        if (missing.isPresent()) {
            throw new TlsConfigException("TLS engine openssl is not available here: " + missing.get());
        }
        if (certificates instanceof CertificateChoice.Minted minted) {
            return new MintedCertificates(minted, maker());
        }
        if (certificates instanceof CertificateChoice.SelfSigned self) {
            Credential made = new CertificateMaker().selfSigned(self.names(), Instant.now(), SELF_SIGNED_VALIDITY);
            logger.warn(
                    "self-signed certificate made, for tests names={} sha256={}",
                    String.join(",", self.names()),
                    Certificates.fingerprint(made.certificate()));
            return new NamedContexts(List.of(made), maker())::choose;
        }
        if (certificates instanceof CertificateChoice.Given given) {
            return new NamedContexts(List.of(given.credential()), maker())::choose;
        }
        return new StoredCertificates(
                ((CertificateChoice.Stored) certificates).sources(),
                clientCa.stream().toList(),
                this::maker);
    }

    /** Reads the CAs of clients. */
    private ClientContextMaker maker() throws TlsConfigException {
        List<X509Certificate> cas = clientCa.isPresent() ? PemFiles.certificates(clientCa.get()) : List.of();
        return new ClientContextMaker(runningEngine(), profile, clientAuth, cas, requireDataReuse);
    }
}
