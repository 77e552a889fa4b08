package io.ftpalg.server.demo;

import io.ftpalg.policy.tls.TlsDetails;
import java.util.Optional;

/** Formats the result of a TLS handshake in at most 26 chars. */
final class TlsText {

    private TlsText() {}

    /** Returns {@code TLSv1.2 AES128-GCM resumed}, or {@code clear} if there was no handshake. */
    static String of(Optional<TlsDetails> tls) {
        return tls.map(made -> made.protocol()
                        + ' '
                        + cipher(made.cipher())
                        + made.resumed()
                                .map(again -> again ? " resumed" : " full")
                                .orElse(""))
                .orElse("clear");
    }

    /** Returns what protects the bytes, without key exchange and hash: {@code AES128-GCM}. */
    private static String cipher(String name) {
        int with = name.indexOf("_WITH_");
        String bulk = with < 0 ? name.replaceFirst("^TLS_", "") : name.substring(with + "_WITH_".length());
        return bulk.replaceFirst("_POLY1305", "")
                .replaceFirst("_SHA[0-9]*$", "")
                .replaceFirst("_", "")
                .replace('_', '-');
    }
}
