package io.ftpalg.server.tls.trust;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads the names and dates of a certificate. Stateless. */
public final class Certificates {
    private static final int PEM_LINE = 64;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /** Returns the SHA-256 of the certificate, as browsers and openssl show it: AA:BB:... */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the certificate in PEM (RFC 7468). */
    public static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the names and addresses that a certificate is for; its common name if it lists none. */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0).equals(DNS_NAME)) {
                names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
            } else if (name.get(0).equals(IP_ADDRESS)) {
                names.add(address(String.valueOf(name.get(1))));
            }
        }
        return names.isEmpty() ? commonName(certificate).map(List::of).orElse(List.of()) : List.copyOf(names);
    }

    /** Returns whether the certificate has exactly this name. */
    public static boolean hasName(X509Certificate certificate, String serverName) {
        return names(certificate).contains(serverName.toLowerCase(Locale.ROOT));
    }

    /** Returns whether the certificate has a wildcard that covers this name: one label, the leftmost (RFC 6125). */
    public static boolean hasWildcardFor(X509Certificate certificate, String serverName) {
        int dot = serverName.indexOf('.');
        return dot > 0 && hasName(certificate, "*" + serverName.substring(dot));
    }

    /** Returns what is wrong if this certificate is not for this host, a name or an IP literal. */
    public static Optional<String> nameMismatch(X509Certificate certificate, String host) {
        Optional<String> address = IpLiteral.parse(host).map(IpLiteral::format);
        boolean known =
                hasName(certificate, address.orElse(host)) || address.isEmpty() && hasWildcardFor(certificate, host);
        return known
                ? Optional.empty()
                : Optional.of("the certificate is for " + String.join(", ", names(certificate)) + ", not for " + host);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(value -> String.valueOf(value).toLowerCase(Locale.ROOT))
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** Returns an address as RFC 5952 has it, so that one address has one text. */
    private static String address(String text) {
        try {
            return IpLiteral.format(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return text;
        }
    }
}
