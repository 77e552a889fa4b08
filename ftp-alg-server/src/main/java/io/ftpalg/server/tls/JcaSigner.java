package io.ftpalg.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Signs one certificate with a key of the JDK's. Used once, by one thread. */
final class JcaSigner implements ContentSigner {
    /** RFC 8410. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private final PrivateKey key;
    private final String algorithm;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private JcaSigner(PrivateKey key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /** Returns the signer with this key, EC or RSA with SHA-256, or Ed25519. */
    static JcaSigner of(PrivateKey key) {
        return new JcaSigner(key, switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA" -> "Ed25519";
            default -> key.getAlgorithm();
        });
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return switch (algorithm) {
            case "SHA256withECDSA" -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            case "SHA256withRSA" ->
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
            case "Ed25519" -> new AlgorithmIdentifier(ED25519);
            default -> throw new IllegalStateException("nothing is signed with " + algorithm);
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that cannot sign with " + algorithm, e);
        }
    }
}
