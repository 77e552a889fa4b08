package io.ftpalg.data.tls;

import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.tls.TlsFailure.Kind;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;

/** Reads what was wrong out of the errors of TLS engines: the JDK's, and OpenSSL's by its alerts. Stateless. */
public final class TlsErrors {
    /** What BoringSSL puts before its error, such as {@code error:1000042e:SSL routines:OPENSSL_internal:}. */
    private static final Pattern OPENSSL = Pattern.compile("^error:[0-9a-f]+:[^:]*:OPENSSL_internal:");

    private static final Pattern VERSION = Pattern.compile(
            "(?i)protocol[ _]version|unsupported[ _]protocol|not enabled or supported|no appropriate protocol");
    /** Alerts that a peer sends when it does not accept a certificate (RFC 8446 section 6.2). */
    private static final Pattern OWN_CERTIFICATE =
            Pattern.compile("(?i)alert.*(bad[ _]certificate|unsupported[ _]certificate"
                    + "|certificate[ _](revoked|expired|unknown|required)|unknown[ _]ca)");

    private TlsErrors() {}

    /** Returns what failed; the innermost cause has the reason. */
    public static TlsFailure of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof NotSslRecordException) {
            // Its message has all the bytes, and there may be a password among them.
            return new TlsFailure(Kind.NOT_TLS, "not TLS");
        }
        String message = cause.getMessage() == null
                ? cause.toString()
                : OPENSSL.matcher(cause.getMessage()).replaceFirst("");
        if (cause instanceof GeneralSecurityException) {
            return new TlsFailure(Kind.CERTIFICATE, "certificate: " + message);
        }
        return new TlsFailure(
                VERSION.matcher(message).find()
                        ? Kind.VERSION
                        : OWN_CERTIFICATE.matcher(message).find() ? Kind.OWN_CERTIFICATE : Kind.OTHER,
                message);
    }
}
