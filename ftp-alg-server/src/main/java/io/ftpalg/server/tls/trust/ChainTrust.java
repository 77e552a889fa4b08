package io.ftpalg.server.tls.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts servers with a certificate of a CA for the name that was connected to (RFC 5280, RFC 6125). */
public final class ChainTrust extends ServerTrust {
    private final X509ExtendedTrustManager cas;

    /** Accepts these CAs; those of the JDK if there are none. */
    public ChainTrust(List<X509Certificate> cas) {
        this.cas = manager(cas);
    }

    /** Returns the JDK's own check by these CAs, or by those of the JDK if there are none; it does not check names. */
    public static X509ExtendedTrustManager manager(List<X509Certificate> cas) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(cas.isEmpty() ? null : store(cas));
            return Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK checks no certificates", e);
        }
    }

    @Override
    protected void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            cas.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            // Without its cause: of a failed handshake the innermost message is reported.
            throw new CertificateException(reason(chain, authType, engine, e));
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return cas.getAcceptedIssuers();
    }

    private String reason(X509Certificate[] chain, String authType, SSLEngine engine, CertificateException failure) {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Instant start = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(now)) {
                return "the server's certificate " + whose(certificate) + " expired " + end
                        + ": renew it on the server, or pin it (--upstream-pin)";
            }
            if (start.isAfter(now)) {
                return "the server's certificate " + whose(certificate) + " is valid from " + start
                        + " on: check the clocks";
            }
        }
        try {
            cas.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            return isUnknown(e)
                    ? "the server's certificate " + whose(chain[0]) + " is issued by "
                            + chain[chain.length - 1].getIssuerX500Principal()
                            + ", an unknown CA: give it with --upstream-ca"
                    : "the server's certificate " + whose(chain[0]) + " is refused: " + root(e);
        }
        String name = String.valueOf(engine.getPeerHost());
        return isAboutNames(chain[0], name)
                ? "the server's certificate is for " + String.join(", ", Certificates.names(chain[0])) + ", not for "
                        + name + ": connect to one of its names, or give one with --upstream-tls-name"
                : "the server's certificate " + whose(chain[0]) + " is refused: " + root(failure);
    }

    private static boolean isAboutNames(X509Certificate certificate, String name) {
        return !Certificates.hasName(certificate, name) && !Certificates.hasWildcardFor(certificate, name);
    }

    private static boolean isUnknown(CertificateException failure) {
        String text = root(failure);
        return text.contains("unable to find valid certification path")
                || text.contains("trustAnchor")
                || text.contains("No trusted certificate found");
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
    }

    private static String whose(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static KeyStore store(List<X509Certificate> cas) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < cas.size(); i++) {
            store.setCertificateEntry("ca" + i, cas.get(i));
        }
        return store;
    }
}
