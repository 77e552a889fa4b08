package io.ftpalg.server.tls.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.tls.TlsFixture;
import io.netty.pkitesting.CertificateBuilder;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

    @Test
    void namesAreTheAlternativeNamesOrElseTheCommonName() throws Exception {
        X509Certificate several = new CertificateBuilder()
                .ecp256()
                .subject("CN=other")
                .addSanDnsName("FTP.example.com")
                .addSanIpAddress("192.0.2.1")
                .addSanIpAddress("2001:db8::1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned()
                .getCertificate();

        assertThat(Certificates.names(several)).containsExactly("ftp.example.com", "192.0.2.1", "2001:db8::1");
        assertThat(Certificates.names(TlsFixture.ca("Old.example.com").getCertificate()))
                .containsExactly("old.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com,true",
        "A.EXAMPLE.COM,true",
        "a.b.example.com,false",
        "example.com,false",
        ".example.com,false",
        "a.example.org,false"
    })
    void aWildcardCoversOneLabel(String name, boolean covered) {
        X509Certificate wildcard = TlsFixture.wildcard("*.example.com").certificate();

        assertThat(Certificates.hasWildcardFor(wildcard, name)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com,true",
        "FTP.example.org,true",
        "192.0.2.1,true",
        "2001:db8::1,true",
        "192.0.2.2,false",
        "2001:db8::2,false",
        "example.com,false",
        "127.0.0.1,false",
        "other,false"
    })
    void isStrangeToOtherHosts(String host, boolean known) throws Exception {
        X509Certificate several = new CertificateBuilder()
                .ecp256()
                .subject("CN=other")
                .addSanDnsName("ftp.example.org")
                .addSanIpAddress("192.0.2.1")
                .addSanIpAddress("2001:db8::1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned()
                .getCertificate();
        X509Certificate wildcard = TlsFixture.wildcard("*.example.com").certificate();

        assertThat(Certificates.nameMismatch(several, host).isEmpty()
                        || Certificates.nameMismatch(wildcard, host).isEmpty())
                .isEqualTo(known);
        if (!known) {
            assertThat(Certificates.nameMismatch(wildcard, host))
                    .contains("the certificate is for *.example.com, not for " + host);
        }
    }

    @Test
    void fingerprintIsThatOfOpenssl() throws Exception {
        assertThat(Certificates.fingerprint(TlsFixture.selfSigned("a").getCertificate()))
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }
}
