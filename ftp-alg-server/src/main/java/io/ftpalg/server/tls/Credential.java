package io.ftpalg.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its private key: what one end of TLS shows to the other.
 *
 * @param key the private key
 * @param chain the certificate, then its issuers
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential needs a certificate");
        }
    }

    /** Returns the certificate itself. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** Returns whether the key is that of the certificate: what it signs, the certificate verifies. */
    boolean keyMatches() {
        PublicKey known = certificate().getPublicKey();
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(known);
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Names the certificate; the key is a secret. */
    @Override
    public String toString() {
        return "Credential[" + certificate().getSubjectX500Principal() + "]";
    }
}
