package io.ftpalg.server.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/** Accepts any certificate of a server, so that TLS protects from passive listeners only: for tests. */
final class NoTrust extends ServerTrust {

    @Override
    void check(X509Certificate[] chain, String authType, SSLEngine engine) {}
}
