package io.ftpalg.server.tls.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on the certificate of a server: alone, since neither engine adds a check to a trust manager of this kind. Its
 * exceptions have the reason and the remedy in one line. One serves all sessions; on the threads that do handshakes.
 */
public abstract class ServerTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NOBODY = {};

    /**
     * Returns if the server is the right one.
     *
     * @param chain its certificate, then its issuers
     * @param authType how it is authenticated, as JSSE names it
     * @param engine has the name that was connected to
     */
    protected abstract void check(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException;

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the server sent no certificate");
        }
        check(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NOBODY;
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notMeant();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notMeant();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notMeant();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notMeant();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notMeant();
    }

    private static CertificateException notMeant() {
        return new CertificateException("only certificates of servers are checked, by an engine");
    }
}
