package io.ftpalg.server.tls.trust;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/** Accepts any certificate of a server, so that TLS protects from passive listeners only: for tests. */
public final class NoTrust extends ServerTrust {

    @Override
    protected void check(X509Certificate[] chain, String authType, SSLEngine engine) {}
}
