package io.ftpalg.server.tls.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/** Accepts servers by their public key, whatever else is in their certificate and whoever issued it. */
public final class PinTrust extends ServerTrust {
    private final Set<PublicKeyPin> pins;

    public PinTrust(Set<PublicKeyPin> pins) {
        this.pins = Set.copyOf(pins);
    }

    @Override
    protected void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        PublicKeyPin seen = PublicKeyPin.of(chain[0].getPublicKey());
        if (!pins.contains(seen)) {
            throw new CertificateException("the server's key is not the pinned one: if it was changed on purpose, give"
                    + " --upstream-pin " + seen);
        }
    }
}
