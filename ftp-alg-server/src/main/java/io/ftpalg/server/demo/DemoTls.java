package io.ftpalg.server.demo;

import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.CertificateMaker;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.Credential;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.tls.trust.Certificates;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import io.ftpalg.server.tls.trust.TrustChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;

/**
 * The certificates of a demo under TLS, made for it: the gateway's, which clients accept as it is, and the server's, whose
 * key the gateway has pinned. No certificate is accepted unchecked.
 *
 * @param gateway the gateway's certificate
 * @param gatewayFile the same as a PEM file
 * @param server the server's certificate
 * @param serverKeystore the same with its key as a PKCS#12 keystore
 */
record DemoTls(Credential gateway, Path gatewayFile, Credential server, Path serverKeystore) {
    private static final Duration VALIDITY = Duration.ofDays(7);
    /** Of a keystore in a directory that only its owner may read, and that is gone with the demo. */
    private static final String PASSWORD = "demo";

    /** Makes the certificates and their files. */
    static DemoTls create(DemoAddresses addresses, DemoFiles files) throws IOException {
        Credential gateway = certificate(addresses.gateway().getHostAddress());
        Credential server = certificate(addresses.server().getHostAddress());
        Path gatewayFile = Files.writeString(
                files.root().resolve("gateway.pem"),
                Certificates.pem(gateway.certificate()),
                StandardCharsets.US_ASCII);
        Path serverKeystore = files.root().resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(serverKeystore)) {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    "server",
                    server.key(),
                    PASSWORD.toCharArray(),
                    server.chain().toArray(Certificate[]::new));
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("no keystore for the server: " + e.getMessage(), e);
        }
        return new DemoTls(gateway, gatewayFile, server, serverKeystore);
    }

    /** Returns what the server needs. */
    SslConfiguration ofServer() {
        SslConfigurationFactory factory = new SslConfigurationFactory();
        factory.setKeystoreFile(serverKeystore.toFile());
        factory.setKeystoreType("PKCS12");
        factory.setKeystorePassword(PASSWORD);
        factory.setSslProtocol("TLSv1.2", "TLSv1.3");
        return factory.createSslConfiguration();
    }

    /** Configures the gateway; clients may do without TLS. */
    void applyTo(FtpAlgBuilder builder) throws IOException {
        TrustChoice pin =
                new TrustChoice.Pins(Set.of(PublicKeyPin.of(server.certificate().getPublicKey())));
        try {
            builder.clientTls(
                            ClientTls.OPTIONAL,
                            ClientLeg.of(new CertificateChoice.Given(gateway)).contexts())
                    .serverTls(ServerLeg.of(pin).contexts());
        } catch (TlsConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Returns a trust manager that accepts the gateway's certificate, and no other. */
    TrustManager ofClient() throws IOException {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("gateway", gateway.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException("no trust store for the client: " + e.getMessage(), e);
        }
    }

    private static Credential certificate(String address) {
        return new CertificateMaker().selfSigned(List.of(address, "localhost"), Instant.now(), VALIDITY);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
