package io.ftpalg.server.tls;

import io.ftpalg.server.files.RegularFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads certificates and keys from PEM files (RFC 7468), and the older forms of keys that openssl writes. */
public final class PemFiles {

    private PemFiles() {}

    /** Returns all certificates of a file, at least one. */
    public static List<X509Certificate> certificates(Path file) throws TlsConfigException {
        List<X509Certificate> found = new ArrayList<>();
        for (Object part : parts(file)) {
            if (part instanceof X509CertificateHolder holder) {
                try {
                    found.add(new JcaX509CertificateConverter().getCertificate(holder));
                } catch (CertificateException e) {
                    throw TlsConfigException.of(file, "has a certificate that cannot be used", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new TlsConfigException(file + ": has no PEM certificate (-----BEGIN CERTIFICATE-----)");
        }
        return List.copyOf(found);
    }

    /** Returns the first private key of a file. */
    static PrivateKey privateKey(Path file) throws TlsConfigException {
        for (Object part : parts(file)) {
            if (part instanceof PEMEncryptedKeyPair || part instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new TlsConfigException(file + ": the key is encrypted, which is not supported; decrypt it with"
                        + " 'openssl pkey -in FILE -out NEW' or use a PKCS#12 keystore");
            }
            if (part instanceof PEMKeyPair pair) {
                return key(file, pair.getPrivateKeyInfo());
            }
            if (part instanceof PrivateKeyInfo info) {
                return key(file, info);
            }
        }
        throw new TlsConfigException(file + ": has no PEM private key (-----BEGIN PRIVATE KEY-----)");
    }

    /** Returns why a file could not be read, without the file's name. */
    static TlsConfigException unreadable(Path file, IOException cause) {
        return cause instanceof NoSuchFileException
                ? new TlsConfigException(file + ": there is no such file")
                : cause instanceof AccessDeniedException
                        ? new TlsConfigException(file + ": may not be read")
                        : TlsConfigException.of(file, "cannot be read", cause);
    }

    private static PrivateKey key(Path file, PrivateKeyInfo info) throws TlsConfigException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException e) {
            throw TlsConfigException.of(file, "has a key that cannot be used", e);
        }
    }

    private static List<Object> parts(Path file) throws TlsConfigException {
        List<Object> parts = new ArrayList<>();
        try (Reader reader = new BufferedReader(
                        new InputStreamReader(RegularFiles.open(file), StandardCharsets.ISO_8859_1));
                PEMParser parser = new PEMParser(reader)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                parts.add(part);
            }
        } catch (PEMException e) {
            throw TlsConfigException.of(file, "is not a PEM file", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            // The parser throws all kinds for what is between the markers.
            throw TlsConfigException.of(file, "is not a PEM file", e);
        }
        return parts;
    }
}
