package io.ftpalg.server.audit.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS towards servers whose certificates CAs of a file have signed, or those of the JDK. Stateless; reads the file. */
final class TrustFile {

    private TrustFile() {}

    /** Returns the context; fails if the file has no certificate. */
    static SSLContext context(Optional<Path> ca) throws IOException {
        try {
            if (ca.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : read(ca.get())) {
                store.setCertificateEntry("ca" + store.size(), one);
            }
            if (store.size() == 0) {
                throw new IOException(ca.get() + ": has no certificate: give a CA bundle (PEM)");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    ca.map(Path::toString).orElse("the JDK's CAs") + ": cannot be used: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
