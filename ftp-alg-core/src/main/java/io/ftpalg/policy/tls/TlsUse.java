package io.ftpalg.policy.tls;

import io.ftpalg.policy.login.LoginPolicy;

/** Whether clients use TLS on a kind of connection, control or data (RFC 4217 section 11). */
public enum TlsUse {
    /** Not offered. */
    OFF,
    /** Offered; clients may do without. */
    OPTIONAL,
    /** Demanded of everyone. */
    REQUIRED,
    /** Demanded of everyone but anonymous users. */
    REQUIRED_FOR_LOGIN;

    /** Returns whether this user must have TLS. */
    public boolean isDemandedOf(String user) {
        return this == REQUIRED || this == REQUIRED_FOR_LOGIN && !LoginPolicy.isAnonymous(user.strip());
    }
}
