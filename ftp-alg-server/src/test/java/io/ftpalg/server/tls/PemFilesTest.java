package io.ftpalg.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import javax.crypto.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void readsAChainInItsOrder() throws Exception {
        X509Bundle ca = TlsFixture.ca("ca");
        X509Bundle server = TlsFixture.server("a").buildIssuedBy(ca);
        Path file = write("chain.pem", "some words\n" + server.getCertificatePEM() + "\n" + ca.getCertificatePEM());

        assertThat(PemFiles.certificates(file)).containsExactly(server.getCertificate(), ca.getCertificate());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsKeysOfEachForm(boolean rsa) throws Exception {
        CertificateBuilder builder = new CertificateBuilder().subject("CN=a").setIsCertificateAuthority(true);
        X509Bundle bundle = (rsa ? builder.rsa2048() : builder.ecp256()).buildSelfSigned();
        Path old = write("old.key", traditional(bundle.getKeyPair().getPrivate()));
        Path pkcs8 = write("new.key", bundle.getCertificatePEM() + "\n" + bundle.getPrivateKeyPEM());

        assertThat(Files.readString(old)).contains(rsa ? "BEGIN RSA PRIVATE KEY" : "BEGIN EC PRIVATE KEY");
        assertThat(new Credential(PemFiles.privateKey(old), bundle.getCertificatePathList()).keyMatches())
                .isTrue();
        assertThat(new Credential(PemFiles.privateKey(pkcs8), bundle.getCertificatePathList()).keyMatches())
                .isTrue();
    }

    @Test
    void saysThatAnEncryptedKeyMustBeDecrypted() throws Exception {
        X509Bundle bundle = TlsFixture.selfSigned("a");
        Path file = write(
                "a.key",
                pem(
                        "ENCRYPTED PRIVATE KEY",
                        new EncryptedPrivateKeyInfo(
                                        "PBEWithSHA1AndDESede",
                                        bundle.getPrivateKeyPEM().getBytes(US_ASCII))
                                .getEncoded()));

        assertThatThrownBy(() -> PemFiles.privateKey(file))
                .isInstanceOf(TlsConfigException.class)
                .hasMessage(file + ": the key is encrypted, which is not supported; decrypt it with"
                        + " 'openssl pkey -in FILE -out NEW' or use a PKCS#12 keystore");
    }

    @Test
    void namesWhatAFileLacks() throws Exception {
        Path empty = write("empty", "");
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> PemFiles.privateKey(empty))
                .hasMessage(empty + ": has no PEM private key (-----BEGIN PRIVATE KEY-----)");
        assertThatThrownBy(() -> PemFiles.certificates(empty))
                .hasMessage(empty + ": has no PEM certificate (-----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> PemFiles.certificates(missing)).hasMessage(missing + ": there is no such file");
    }

    @Test
    void refusesRubbishBetweenTheMarkersInOneLine() throws Exception {
        Path file = write("a.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> PemFiles.certificates(file))
                .isInstanceOf(TlsConfigException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageNotContaining("\n");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Returns the key as old openssl wrote it, PKCS#1 or SEC 1. */
    private static String traditional(PrivateKey key) throws Exception {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        if (key instanceof ECPrivateKey ec) {
            return pem(
                    "EC PRIVATE KEY",
                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                                    256,
                                    ec.getS(),
                                    info.getPrivateKeyAlgorithm().getParameters())
                            .getEncoded());
        }
        return pem("RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
