package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.tls.TlsFailure.Kind;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsErrorsTest {

    /** What the JDK's engine and BoringSSL say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VERSION | Received fatal alert: protocol_version",
                "VERSION | error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION",
                "VERSION | error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL",
                "VERSION | Client requested protocol TLSv1.1 is not enabled or supported in server context",
                "VERSION | The server selected protocol version TLS10 is not accepted by client preferences [TLS12]",
                "OWN_CERTIFICATE | Received fatal alert: certificate_unknown",
                "OWN_CERTIFICATE | Received fatal alert: certificate_required",
                "OWN_CERTIFICATE | Received fatal alert: unknown_ca",
                "OWN_CERTIFICATE | error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE",
                "OWN_CERTIFICATE | error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA",
                "OTHER | Received fatal alert: handshake_failure",
                "OTHER | bad record"
            })
    void knowsWhatWasWrong(Kind kind, String message) {
        assertThat(TlsErrors.of(new SSLException("outer", new SSLException(message))))
                .isEqualTo(new TlsFailure(
                        kind,
                        message.substring(message.lastIndexOf("internal:") < 0 ? 0 : message.lastIndexOf(':') + 1)));
    }

    @Test
    void knowsACertificateThatIsNotAccepted() {
        assertThat(TlsErrors.of(new SSLException(new CertificateException("expired"))))
                .isEqualTo(new TlsFailure(Kind.CERTIFICATE, "certificate: expired"));
    }

    /** There may be a password among the bytes. */
    @Test
    void doesNotRepeatBytesThatAreNotTls() {
        assertThat(TlsErrors.of(new NotSslRecordException("not an SSL/TLS record: 50415353")))
                .isEqualTo(new TlsFailure(Kind.NOT_TLS, "not TLS"));
    }

    @Test
    void namesTheErrorWhereItHasNoMessage() {
        assertThat(TlsErrors.of(new SSLException("outer", new ClosedChannelException()))
                        .detail())
                .isEqualTo("java.nio.channels.ClosedChannelException");
    }
}
