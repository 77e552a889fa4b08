package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.tls.trust.Certificates;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateMakerTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration MONTH = Duration.ofDays(30);

    private final CertificateMaker maker = new CertificateMaker();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void issuesWhatTheCaVouchesFor(boolean rsa) throws Exception {
        CertificateBuilder builder = new CertificateBuilder()
                .subject("O=Us, CN=Our CA")
                .setIsCertificateAuthority(true)
                .notAfter(now.plus(Duration.ofDays(300)));
        X509Bundle ca = (rsa ? builder.rsa2048() : builder.ecp256()).buildSelfSigned();

        Credential made = maker.issued(TlsFixture.credential(ca), "ftp.example.com", now, MONTH);

        X509Certificate leaf = made.certificate();
        leaf.verify(ca.getKeyPair().getPublic());
        assertThat(made.chain()).containsExactly(leaf, ca.getCertificate());
        assertThat(made.keyMatches()).isTrue();
        assertThat(leaf.getIssuerX500Principal()).isEqualTo(ca.getCertificate().getSubjectX500Principal());
        assertThat(Certificates.names(leaf)).containsExactly("ftp.example.com");
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofDays(1)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(now.plus(MONTH));
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void certificatesShareAKeyButNoSerial() throws Exception {
        Credential ca = TlsFixture.credential(TlsFixture.ca("ca"));
        Credential a = maker.issued(ca, "a", now, MONTH);
        Credential b = maker.issued(ca, "b", now, MONTH);

        assertThat(a.key()).isEqualTo(b.key());
        assertThat(a.certificate().getSerialNumber())
                .isPositive()
                .isNotEqualTo(b.certificate().getSerialNumber());
    }

    @Test
    void noneOutlivesItsCa() throws Exception {
        Instant end = now.plus(Duration.ofDays(3));
        X509Bundle ca = new CertificateBuilder()
                .ecp256()
                .subject("CN=ca")
                .setIsCertificateAuthority(true)
                .notAfter(end)
                .buildSelfSigned();

        assertThat(maker.issued(TlsFixture.credential(ca), "a", now, MONTH)
                        .certificate()
                        .getNotAfter()
                        .toInstant())
                .isEqualTo(end);
    }

    @Test
    void selfSignedHasAllItsNamesAndAddresses() throws Exception {
        Credential made = maker.selfSigned(List.of("localhost", "127.0.0.1", "2001:db8::1"), now, MONTH);

        made.certificate().verify(made.certificate().getPublicKey());
        assertThat(made.chain()).hasSize(1);
        assertThat(Certificates.names(made.certificate())).containsExactly("localhost", "127.0.0.1", "2001:db8::1");
    }

    @Test
    void aNameTooLongForTheSubjectIsAnAlternativeNameOnly() throws Exception {
        String name = "a".repeat(60) + ".example.com";

        assertThat(Certificates.names(
                        maker.selfSigned(List.of(name), now, MONTH).certificate()))
                .containsExactly(name);
    }
}
