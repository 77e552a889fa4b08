package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.runtime.Gateways;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateListTest {
    @TempDir
    private Path temp = Path.of(".");

    @BeforeEach
    void makeCertificates() throws Exception {
        write(
                "cert",
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=stored")
                        .setIsCertificateAuthority(true)
                        .addSanDnsName("ftp.example.com")
                        .notBefore(Instant.now().minus(Duration.ofDays(10)))
                        .notAfter(Instant.now().plus(Duration.ofDays(90)))
                        .buildSelfSigned());
        write(
                "ca",
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=authority")
                        .setIsCertificateAuthority(true)
                        .notBefore(Instant.now().minus(Duration.ofDays(10)))
                        .notAfter(Instant.now().plus(Duration.ofDays(5)))
                        .buildSelfSigned());
    }

    private void write(String name, X509Bundle bundle) throws Exception {
        Files.writeString(temp.resolve(name + ".pem"), bundle.getCertificatePathPEM());
        Files.writeString(temp.resolve(name + "-key.pem"), bundle.getPrivateKeyPEM());
    }

    private Gateways gateways(String... listeners) throws Exception {
        Path file = temp.resolve("gateway.yaml");
        StringBuilder text = new StringBuilder("listeners:\n");
        for (String listener : listeners) {
            text.append("  - {bind: '127.0.0.1:0', upstream: '127.0.0.1:2100', ")
                    .append(listener)
                    .append("}\n");
        }
        Files.writeString(file, text);
        return Gateways.of(ConfigLoader.load(file, name -> Optional.empty()).settings());
    }

    private static List<Map<String, Object>> list(Gateways gateways) {
        List<?> list =
                (List<?>) JsonReader.object(CertificateList.of(gateways.made()).toString())
                        .getOrDefault("certificates", List.of());
        return list.stream().map(JsonReader::asObject).toList();
    }

    @Test
    void listsCertificatesOfBothSidesWithTheNextToEndFirst() throws Exception {
        try (Gateways gateways = gateways(
                "tls: {certificates: [{cert: cert.pem, key: cert-key.pem}]}",
                "tls: {ca-cert: ca.pem, ca-key: ca-key.pem}",
                "tls: {self-signed: true}",
                "upstream-tls: {mode: required, insecure: true, cert: cert.pem, key: cert-key.pem}")) {
            List<Map<String, Object>> shown = list(gateways);

            assertThat(shown)
                    .extracting(one -> one.get("subject"))
                    .containsExactly("CN=authority", "CN=stored", "CN=stored");
            assertThat(shown).extracting(one -> one.get("side")).containsExactly("client", "client", "server");
            assertThat(shown.get(0))
                    .containsEntry("state", "expiring")
                    .containsEntry("daysLeft", 4L)
                    .containsEntry("names", List.of());
            assertThat(shown.get(1))
                    .containsEntry("state", "valid")
                    .containsEntry("issuer", "CN=stored")
                    .containsEntry("names", List.of("ftp.example.com"));
        }
    }

    @Test
    void readsTheFilesAsTheyAreNow() throws Exception {
        try (Gateways gateways = gateways("tls: {certificates: [{cert: cert.pem, key: cert-key.pem}]}")) {
            write(
                    "cert",
                    new CertificateBuilder()
                            .ecp256()
                            .subject("CN=old")
                            .setIsCertificateAuthority(true)
                            .notBefore(Instant.now().minus(Duration.ofDays(10)))
                            .notAfter(Instant.now().minus(Duration.ofDays(2)))
                            .buildSelfSigned());
            assertThat(list(gateways)).singleElement().satisfies(one -> assertThat(one)
                    .containsEntry("subject", "CN=old")
                    .containsEntry("state", "expired"));

            Files.writeString(temp.resolve("cert.pem"), "");
            assertThat(list(gateways)).isEmpty();
        }
    }

    @Test
    void listsThoseOfKeystores() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .ecp256()
                .subject("CN=kept")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "changeit".toCharArray();
        store.setKeyEntry("kept", bundle.getKeyPair().getPrivate(), password, bundle.getCertificatePath());
        try (OutputStream out = Files.newOutputStream(temp.resolve("store.p12"))) {
            store.store(out, password);
        }
        Files.writeString(temp.resolve("password"), "changeit");
        try (Gateways gateways = gateways("tls: {keystore: store.p12, keystore-password-file: password}")) {
            assertThat(list(gateways)).singleElement().satisfies(one -> assertThat(one)
                    .containsEntry("subject", "CN=kept")
                    .containsEntry("file", temp.resolve("store.p12").toString()));
        }
    }

    @Test
    void listsNoneWithoutTls() throws Exception {
        try (Gateways gateways = gateways("passive-ports: 50500-50999")) {
            assertThat(list(gateways)).isEmpty();
        }
    }
}
