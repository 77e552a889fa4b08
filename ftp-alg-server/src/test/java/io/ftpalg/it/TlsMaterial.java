package io.ftpalg.it;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A certificate authority and what it issued, good and bad, as PEM files in a folder of its own. Immutable; whoever made
 * it closes it.
 */
final class TlsMaterial implements AutoCloseable {
    static final String KEYSTORE_PASSWORD = "test-password";
    private static final Duration DAY = Duration.ofDays(1);

    private final Path folder;
    private final X509Bundle authority;
    private final Path authorityFile;
    private final Identity server;
    private final Identity gateway;
    private final Identity client;

    /**
     * Who somebody is.
     *
     * @param certificate his certificate and those above it
     * @param key his private key
     * @param both all that in one file
     * @param bundle the same in memory
     */
    record Identity(Path certificate, Path key, Path both, X509Bundle bundle) {

        KeyManager[] keys() {
            try {
                return bundle.toKeyManagerFactory().getKeyManagers();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Returns the SHA-256 of the public key in base64, as a pin is written. */
        String pin() {
            try {
                byte[] key = bundle.getCertificate().getPublicKey().getEncoded();
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private TlsMaterial(Path folder, X509Bundle authority) {
        this.folder = folder;
        this.authority = authority;
        this.authorityFile = write("ca.pem", authority.getCertificatePEM());
        this.server = issue("server", valid("server").addSanIpAddress(Loopback.SERVER), authority);
        this.gateway = issue("gateway", valid("gateway").addSanIpAddress(Loopback.GATEWAY), authority);
        this.client = issue("client", valid("client").addExtendedKeyUsageClientAuth(), authority);
    }

    static TlsMaterial create() {
        return new TlsMaterial(Workspace.create("tls"), authority("Test CA"));
    }

    private static X509Bundle authority(String name) {
        try {
            return valid(name)
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateBuilder valid(String name) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .notBefore(now.minus(DAY))
                .notAfter(now.plus(DAY));
    }

    private Identity issue(String name, CertificateBuilder builder, X509Bundle issuer) {
        try {
            X509Bundle bundle = builder.buildIssuedBy(issuer);
            String chain = bundle.getCertificatePathPEM();
            String key = bundle.getPrivateKeyPEM();
            return new Identity(
                    write(name + ".pem", chain),
                    write(name + ".key", key),
                    write(name + "-both.pem", chain + '\n' + key),
                    bundle);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String pem) {
        try {
            return Files.writeString(folder.resolve(name), pem + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file with the certificate of the authority that all trust. */
    Path authority() {
        return authorityFile;
    }

    /** Returns the file with the private key of the authority. */
    Path authorityKey() {
        return write("ca.key", authority.getPrivateKeyPEM());
    }

    Identity server() {
        return server;
    }

    Identity gateway() {
        return gateway;
    }

    Identity client() {
        return client;
    }

    /** Returns a server's identity with an RSA key: GnuTLS does not read the EC keys that the JDK writes. */
    Identity rsaServer() {
        return issue("rsa", valid("rsa").rsa2048().addSanIpAddress(Loopback.SERVER), authority);
    }

    /** Returns a server's identity that was good until yesterday. */
    Identity expired() {
        Instant now = Instant.now();
        return issue(
                "expired",
                valid("expired")
                        .notBefore(now.minus(DAY.multipliedBy(3)))
                        .notAfter(now.minus(DAY))
                        .addSanIpAddress(Loopback.SERVER),
                authority);
    }

    /** Returns a good identity of some other server. */
    Identity otherHost() {
        return issue(
                "other", valid("other").addSanDnsName("other.example").addSanIpAddress(Loopback.STRANGER), authority);
    }

    /** Returns an identity for the server that an authority issued which nobody trusts. */
    Identity unknownIssuer(String name) {
        return issue(name, valid(name).addSanIpAddress(Loopback.SERVER), authority("Another CA"));
    }

    /** Writes this identity as a PKCS#12 file. */
    Path keystore(Identity identity) {
        try {
            return identity.bundle()
                    .toTempKeyStoreFile(KEYSTORE_PASSWORD.toCharArray())
                    .toPath();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a new context that trusts the authority, and shows who this is, if anybody. */
    SSLContext context(Identity... self) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    self.length == 0 ? new KeyManager[0] : self[0].keys(),
                    new TrustManager[] {authority.toTrustManager()},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Workspace.delete(folder);
    }
}
