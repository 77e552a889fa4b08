package io.ftpalg.server.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;

/** What does the work of TLS. */
public enum TlsEngine {
    /** OpenSSL if it is there, else the JDK. */
    AUTO,
    /** BoringSSL, which comes in the jar for Linux on x86_64 and aarch64. */
    OPENSSL,
    /** The JDK's own. */
    JDK;

    /** Returns why this one cannot run here, or nothing if it can. */
    public Optional<String> missing() {
        return this == OPENSSL && !OpenSsl.isAvailable()
                ? Optional.of(cause(OpenSsl.unavailabilityCause()))
                : Optional.empty();
    }

    /** Returns the engine that runs if this one is asked for. */
    public TlsEngine resolved() {
        return this != AUTO ? this : OpenSsl.isAvailable() ? OPENSSL : JDK;
    }

    SslProvider provider() {
        return resolved() == OPENSSL ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    private static String cause(Throwable unavailable) {
        Throwable root = unavailable;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
