package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSourceTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void readsAPairOfPemFiles() throws Exception {
        X509Bundle bundle = TlsFixture.selfSigned("a");

        assertThat(TlsFixture.files(folder, "a", bundle).load())
                .singleElement()
                .isEqualTo(TlsFixture.credential(bundle));
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        CredentialSource.PemPair a = TlsFixture.files(folder, "a", TlsFixture.selfSigned("a"));
        CredentialSource.PemPair b = TlsFixture.files(folder, "b", TlsFixture.selfSigned("b"));
        CredentialSource mixed = new CredentialSource.PemPair(a.certificate(), b.key());

        assertThatThrownBy(mixed::load).hasMessage(b.key() + ": is not the key of " + a.certificate());
    }

    @Test
    void readsAllKeysOfAKeystore() throws Exception {
        Path store = keystore("secret", List.of(TlsFixture.selfSigned("a"), TlsFixture.selfSigned("b")));
        Path password = Files.writeString(folder.resolve("password"), "secret\nsecond line\n");

        CredentialSource source = new CredentialSource.Pkcs12(store, Optional.of(password));

        assertThat(source.load()).hasSize(2).allMatch(Credential::keyMatches);
        assertThat(source.files()).containsExactly(store, password);
    }

    @Test
    void saysWhatIsWrongWithAKeystore() throws Exception {
        Path store = keystore("secret", List.of(TlsFixture.selfSigned("a")));
        Path wrong = Files.writeString(folder.resolve("wrong"), "guess\n");
        Path rubbish = Files.writeString(folder.resolve("rubbish"), "rubbish");
        Path empty = keystore("", List.of());
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> new CredentialSource.Pkcs12(store, Optional.of(wrong)).load())
                .hasMessage(store + ": the keystore's password is wrong");
        assertThatThrownBy(() -> new CredentialSource.Pkcs12(rubbish, Optional.empty()).load())
                .hasMessageStartingWith(rubbish + ": is not a usable PKCS#12 keystore");
        assertThatThrownBy(() -> new CredentialSource.Pkcs12(empty, Optional.empty()).load())
                .hasMessage(empty + ": has no private key with a certificate");
        assertThatThrownBy(() -> new CredentialSource.Pkcs12(missing, Optional.empty()).load())
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> new CredentialSource.Pkcs12(store, Optional.of(missing)).load())
                .hasMessage(missing + ": there is no such file");
    }

    private Path keystore(String password, List<X509Bundle> bundles) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Bundle bundle : bundles) {
            store.setKeyEntry(
                    bundle.getCertificate().getSubjectX500Principal().getName(),
                    bundle.getKeyPair().getPrivate(),
                    password.toCharArray(),
                    new Certificate[] {bundle.getCertificate()});
        }
        Path file = folder.resolve("store-" + bundles.size() + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
