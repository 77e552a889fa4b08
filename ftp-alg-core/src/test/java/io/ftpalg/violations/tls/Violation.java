package io.ftpalg.violations.tls;

/** TLS contexts use codec. */
public interface Violation {
    io.ftpalg.violations.codec.Violation codec();
}
