package io.ftpalg.server.tls;

import io.ftpalg.protocol.IpLiteral;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates of servers: signed by a CA of the operator's, or by themselves. All have one EC key (P-256), made with
 * the maker. Any thread, but never an event loop: signing takes its time.
 */
public final class CertificateMaker {
    /** Clocks are not all right: the validity begins earlier than now. */
    private static final Duration EARLIER = Duration.ofDays(1);
    /** Longest common name (RFC 5280, appendix A.1). */
    private static final int LONGEST_COMMON_NAME = 64;

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys;

    /** Makes the key. */
    public CertificateMaker() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** Returns a self-signed certificate for these names and addresses. */
    public Credential selfSigned(List<String> names, Instant now, Duration validity) {
        return make(
                names,
                now.minus(EARLIER),
                now.plus(validity),
                subject(names.get(0)),
                keys.getPublic(),
                keys.getPrivate(),
                List.of());
    }

    /** Returns a certificate for a name or an address, signed by the CA and valid no longer than it. */
    Credential issued(Credential ca, String name, Instant now, Duration validity) {
        Instant caEnd = ca.certificate().getNotAfter().toInstant();
        Instant end = now.plus(validity);
        return make(
                List.of(name),
                now.minus(EARLIER),
                end.isAfter(caEnd) ? caEnd : end,
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()),
                ca.certificate().getPublicKey(),
                ca.key(),
                ca.chain());
    }

    private Credential make(
            List<String> names,
            Instant start,
            Instant end,
            X500Name issuer,
            PublicKey issuerKey,
            PrivateKey signer,
            List<X509Certificate> vouching) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(0),
                Date.from(start),
                Date.from(end),
                subject(names.get(0)),
                keys.getPublic());
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            vouching.isEmpty()
                                    ? ids.createAuthorityKeyIdentifier(issuerKey)
                                    : ids.createAuthorityKeyIdentifier(vouching.get(0)))
                    .addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            X509Certificate made = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm(signer)).build(signer)));
            List<X509Certificate> chain = new ArrayList<>(List.of(made));
            chain.addAll(vouching);
            return new Credential(keys.getPrivate(), chain);
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for " + names, e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA" -> "Ed25519";
            default -> key.getAlgorithm();
        };
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(
                        IpLiteral.parse(name).isPresent() ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static X500Name subject(String name) {
        return new X500NameBuilder()
                .addRDN(BCStyle.CN, name.length() > LONGEST_COMMON_NAME ? "ftp-alg" : name)
                .build();
    }
}
