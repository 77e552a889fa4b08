package io.ftpalg.it;

import java.util.Locale;

/** What computes TLS in the gateway. */
enum TlsEngine {
    OPENSSL,
    JDK;

    /** Returns what the command line calls it. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
