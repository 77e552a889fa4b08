package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.ChainTrust;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Makes blocking TLS sockets, for what is not FTP and not on an event loop, such as LDAP. Stateless. */
public final class CaSockets {

    private CaSockets() {}

    /**
     * Returns sockets for servers with a certificate of a CA. Whether the certificate has the server's name is for the caller
     * to check.
     *
     * @param cas the file of the CAs' certificates in PEM; those of the JDK if absent
     */
    public static SSLSocketFactory trusting(Optional<Path> cas) throws TlsConfigException {
        return context(cas).getSocketFactory();
    }

    /** Returns a context for the same servers. */
    public static SSLContext context(Optional<Path> cas) throws TlsConfigException {
        List<X509Certificate> certificates = cas.isPresent() ? PemFiles.certificates(cas.get()) : List.of();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {ChainTrust.manager(certificates)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }
}
