package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
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
        Path old = write("old.key", pem(new JcaMiscPEMGenerator(bundle.getKeyPair().getPrivate())));
        Path pkcs8 = write("new.key", bundle.getCertificatePEM() + "\n" + bundle.getPrivateKeyPEM());

        assertThat(Files.readString(old)).contains(rsa ? "BEGIN RSA PRIVATE KEY" : "BEGIN EC PRIVATE KEY");
        assertThat(new Credential(PemFiles.privateKey(old), bundle.getCertificatePathList()).keyMatches()).isTrue();
        assertThat(new Credential(PemFiles.privateKey(pkcs8), bundle.getCertificatePathList()).keyMatches()).isTrue();
    }

    @Test
    void saysThatAnEncryptedKeyMustBeDecrypted() throws Exception {
        X509Bundle bundle = TlsFixture.selfSigned("a");
        Path file = write("a.key", pem(new JcaPKCS8Generator(bundle.getKeyPair().getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC).setPassword("x".toCharArray()).build())));

        assertThatThrownBy(() -> PemFiles.privateKey(file)).isInstanceOf(TlsConfigException.class)
                .hasMessage(file + ": the key is encrypted, which is not supported; decrypt it with"
                        + " 'openssl pkey -in FILE -out NEW' or use a PKCS#12 keystore");
    }

    @Test
    void namesWhatAFileLacks() throws Exception {
        Path empty = write("empty", "");
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> PemFiles.privateKey(empty)).hasMessage(
                empty + ": has no PEM private key (-----BEGIN PRIVATE KEY-----)");
        assertThatThrownBy(() -> PemFiles.certificates(empty)).hasMessage(
                empty + ": has no PEM certificate (-----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> PemFiles.certificates(missing)).hasMessage(missing + ": there is no such file");
    }

    @Test
    void refusesRubbishBetweenTheMarkersInOneLine() throws Exception {
        Path file = write("a.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> PemFiles.certificates(file)).isInstanceOf(TlsConfigException.class)
                .hasMessageStartingWith(file + ": ").hasMessageNotContaining("\n");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String pem(PemObjectGenerator part) throws Exception {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }
}
