package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

    @Test
    void namesAreTheAlternativeNamesOrElseTheCommonName() throws Exception {
        X509Certificate several = new CertificateBuilder().ecp256().subject("CN=other").addSanDnsName("FTP.example.com")
                .addSanIpAddress("192.0.2.1").addSanIpAddress("2001:db8::1").setIsCertificateAuthority(true)
                .buildSelfSigned().getCertificate();

        assertThat(Certificates.names(several)).containsExactly("ftp.example.com", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
        assertThat(Certificates.names(TlsFixture.ca("Old.example.com").getCertificate())).containsExactly("old.example.com");
    }

    @ParameterizedTest
    @CsvSource({"a.example.com,true", "A.EXAMPLE.COM,true", "a.b.example.com,false", "example.com,false", ".example.com,false",
        "a.example.org,false"})
    void aWildcardCoversOneLabel(String name, boolean covered) {
        X509Certificate wildcard = TlsFixture.wildcard("*.example.com").certificate();

        assertThat(Certificates.hasWildcardFor(wildcard, name)).isEqualTo(covered);
    }

    @Test
    void fingerprintIsThatOfOpenssl() throws Exception {
        assertThat(Certificates.fingerprint(TlsFixture.selfSigned("a").getCertificate())).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }
}
