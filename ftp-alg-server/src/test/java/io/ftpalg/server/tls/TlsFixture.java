package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.NoTrust;
import io.ftpalg.server.tls.trust.ServerTrust;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Assumptions;

/** Certificates, files of them, and TLS clients of tests. */
public final class TlsFixture {

    private TlsFixture() {}

    /** Counts the full handshakes: a resumed one shows no certificate. */
    public static final class CountingTrust extends ServerTrust {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        protected void check(X509Certificate[] chain, String authType, SSLEngine engine) {
            asked.incrementAndGet();
        }

        int fullHandshakes() {
            return asked.get();
        }
    }

    public static CertificateBuilder server(String... names) {
        CertificateBuilder builder =
                new CertificateBuilder().ecp256().subject("CN=" + names[0]).addExtendedKeyUsageServerAuth();
        for (String name : names) {
            builder.addSanDnsName(name);
        }
        return builder;
    }

    public static X509Bundle selfSigned(String... names) throws Exception {
        return server(names).setIsCertificateAuthority(true).buildSelfSigned();
    }

    /** The builder of the test library takes no wildcard. */
    public static Credential wildcard(String name) {
        return new CertificateMaker().selfSigned(List.of(name), Instant.now(), Duration.ofDays(1));
    }

    public static X509Bundle ca(String name) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    public static Credential credential(X509Bundle bundle) {
        return new Credential(bundle.getKeyPair().getPrivate(), bundle.getCertificatePathList());
    }

    public static CredentialSource.PemPair files(Path folder, String name, X509Bundle bundle) throws IOException {
        return new CredentialSource.PemPair(
                Files.writeString(folder.resolve(name + ".crt"), bundle.getCertificatePathPEM()),
                Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM()));
    }

    public static Path certificateFile(Path folder, String name, X509Bundle bundle) throws IOException {
        return Files.writeString(folder.resolve(name + ".pem"), bundle.getCertificatePEM());
    }

    public static ClientContextMaker maker(TlsEngine engine) {
        return new ClientContextMaker(engine, TlsProfile.INTERMEDIATE, ClientAuth.NONE, List.of(), false);
    }

    public static SslContext client(TlsEngine engine, ServerTrust trust, String... protocols) throws IOException {
        return clientBuilder(engine, trust, protocols).build();
    }

    @SuppressWarnings("NullAway")
    public static SslContextBuilder clientBuilder(TlsEngine engine, ServerTrust trust, String... protocols) {
        return SslContextBuilder.forClient()
                .sslProvider(engine.provider())
                .trustManager(trust)
                .protocols(protocols)
                .endpointIdentificationAlgorithm(null);
    }

    /** Returns the TLS of clients that do not check servers. */
    public static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the certificate that a server shows. */
    public static X509Certificate shown(SslContext server) throws IOException {
        SslContext client = client(TlsEngine.JDK, new NoTrust(), "TLSv1.3");
        return (X509Certificate)
                Handshake.between(client, server, "a", 1).seenByClient().getPeerCertificates()[0];
    }

    public static void assumeAvailable(TlsEngine engine) {
        Assumptions.assumeTrue(engine.missing().isEmpty(), () -> engine + " is not available: " + engine.missing());
    }
}
