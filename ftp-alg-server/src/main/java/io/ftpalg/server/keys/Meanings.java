package io.ftpalg.server.keys;

import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.files.RegularFiles;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.settings.ProxyUrl;
import io.ftpalg.server.settings.Upstream;
import io.ftpalg.server.tls.ServerLeg.TlsVersion;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import io.ftpalg.server.users.ClientText;
import io.ftpalg.server.users.LdapServer;
import io.ftpalg.server.users.LdapSettings.Required;
import io.netty.handler.ssl.ClientAuth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes values of the texts of keys and options; a text that has none fails with what is expected. Stateless. */
public final class Meanings {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);

    private Meanings() {}

    /** Whether clients show a certificate. */
    public enum CertificateUse {
        /** They are not asked. */
        NONE(ClientAuth.NONE),
        /** They may. */
        OPTIONAL(ClientAuth.OPTIONAL),
        /** They must. */
        REQUIRED(ClientAuth.REQUIRE);

        private final ClientAuth netty;

        CertificateUse(ClientAuth netty) {
            this.netty = netty;
        }

        ClientAuth netty() {
            return netty;
        }
    }

    /** Returns the version of TLS that has this number. */
    static TlsVersion tlsVersion(String text) {
        return switch (text) {
            case "1.2" -> TlsVersion.TLS_1_2;
            case "1.3" -> TlsVersion.TLS_1_3;
            default -> throw expected("1.2 or 1.3");
        };
    }

    /** Returns the text if it is a word of {@link PasvAddress}. */
    static String pasvAddress(String text) {
        return PasvAddress.parse(List.of(text))
                .map(known -> text)
                .orElseThrow(() -> expected("ignore, match, or a network such as 192.0.2.0/24"));
    }

    /** Returns the text if it is a word of {@link DataPeers}. */
    static String dataPeers(String text) {
        return DataPeers.parse(List.of(text))
                .map(known -> text)
                .orElseThrow(() -> expected("same, network/24, or a network such as 192.0.2.0/24"));
    }

    /** Returns the address to listen on that the text names. */
    static InetSocketAddress listen(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        // Port 0 is any free port, which a server to connect to cannot have: the host alone is parsed as one.
        Optional<HostPort> host = colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535
                ? Optional.empty()
                : HostPort.parse(text.substring(0, colon) + ":1");
        if (host.isEmpty()) {
            throw expected("HOST:PORT, such as 0.0.0.0:2121 or [::]:2121");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host.get().host()), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected an address of this machine; this name cannot be resolved", e);
        }
    }

    static Upstream upstream(String text) {
        return Upstream.parse(text)
                .orElseThrow(() -> expected(
                        text.contains("://")
                                ? "ftp://, ftpes:// or ftps:// and HOST[:PORT]"
                                : text.startsWith("_")
                                        ? "a service such as _ftp._tcp.example.com"
                                        : "HOST[:PORT] or [IPV6][:PORT]"));
    }

    static ProxyUrl proxy(String text) {
        return ProxyUrl.parse(text)
                .orElseThrow(() -> expected(
                        text.indexOf('@') >= 0
                                ? "socks5://, socks4a://, http:// or ftp:// and HOST[:PORT]; user and password have keys of their own"
                                : "socks5://, socks4a://, http:// or ftp:// and HOST[:PORT]"));
    }

    static Balance balance(String text) {
        return Balance.parse(text)
                .orElseThrow(() -> expected("one of "
                        + Stream.of(Balance.values()).map(Balance::text).collect(Collectors.joining(", "))));
    }

    static LoginDialect dialect(String text) {
        return Stream.of(LoginDialect.values())
                .filter(one -> one.text().equals(text))
                .findFirst()
                .orElseThrow(() -> expected("one of "
                        + Stream.of(LoginDialect.values())
                                .map(LoginDialect::text)
                                .collect(Collectors.joining(", "))));
    }

    static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow(() -> expected("a network or an address, such as 192.0.2.0/24"));
    }

    static InetSocketAddress nameServer(String text) {
        HostPort server = HostPort.parse(text, 53).orElseThrow(() -> expected("an IP address, or one with a port"));
        return new InetSocketAddress(
                IpLiteral.parse(server.host()).orElseThrow(() -> expected("an IP address, not a name")), server.port());
    }

    /** Returns the first line of a file. */
    static Secret password(String file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(RegularFiles.open(Path.of(file)), StandardCharsets.ISO_8859_1))) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new IllegalArgumentException("the first line is empty: write the password there");
            }
            return Secret.of(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the first line of a file, which must be too long to guess. */
    static Secret token(String file) {
        Secret token = password(file);
        if (token.reveal().length() < 16) {
            throw new IllegalArgumentException(
                    "the token is shorter than 16 characters: write a longer one, such as that of openssl rand -hex 32");
        }
        return token;
    }

    /** Returns the path of a socket. */
    static Path socket(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute() || text.length() > 80) {
            throw expected("an absolute path of at most 80 characters");
        }
        return path;
    }

    /** Returns a name that a browser may call the gateway by. */
    static String host(String text) {
        return HostPort.parse(text, 1)
                .map(HostPort::host)
                .filter(text::equals)
                .orElseThrow(() -> expected("a name without a port"));
    }

    static PublicKeyPin pin(String text) {
        return PublicKeyPin.parse(text).orElseThrow(() -> expected("a SHA-256 digest in base64 or hex"));
    }

    static TargetRule target(String text) {
        return TargetRule.parse(text)
                .orElseThrow(() -> expected("HOST[:PORTS] or CIDR[:PORTS], such as *.example.com:21 or 192.0.2.0/24"));
    }

    static PortRange ports(String text) {
        return PortRange.parse(text).orElseThrow(() -> expected("FIRST-LAST, such as 50000-50999"));
    }

    static PassiveAddress passiveAddress(String text) {
        try {
            return PassiveAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected an IPv4 address, such as 203.0.113.7, or a name", e);
        }
    }

    static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow(() -> expected("an IP address"));
    }

    /** Returns the time that the text names. */
    static Duration time(String text) {
        return Amounts.time(text);
    }

    static Duration warmUp(String text) {
        if (text.equals("off")) {
            return Duration.ZERO;
        }
        Duration time = time(text);
        if (time.compareTo(LONGEST_WARM_UP) > 0) {
            throw expected("1s to " + LONGEST_WARM_UP.toSeconds() + "s, or off");
        }
        return time;
    }

    /** Returns the number of bytes that the text names, if it is one of these. */
    static long bytes(String text, long least, long most) {
        return Amounts.bytes(text, least, most);
    }

    /** Returns the end of the name of a table. */
    static String kernelName(String text) {
        return KernelPath.DEFAULT.withName(text).name();
    }

    /** Returns the number of an NFLOG group. */
    static int logGroup(String text) {
        return number(text, 0, 65535);
    }

    /** Returns the number that the text names, if it is one of these. */
    static int number(String text, int least, int most) {
        return (int) longNumber(text, least, most);
    }

    /** Returns the number that the text names, if it is one of these. */
    static long longNumber(String text, long least, long most) {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw expected("a number from " + least + " to " + most);
        }
        return Long.parseLong(text);
    }

    /** Returns the user as it is on the control connection. */
    static String user(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name has no control characters");
        }
        return ClientText.said(text);
    }

    /** Returns the character that divides user and host. */
    static char separator(String text) {
        char first = text.charAt(0);
        if (text.length() != 1 || !LoginPolicy.isSeparator(first)) {
            throw new IllegalArgumentException(
                    "expected one printing character that is no letter and no digit, such as @ or %");
        }
        return first;
    }

    /** Returns the password of anonymous logins. */
    static Secret anonymousPassword(String text) {
        if (!LoginPolicy.isAnonymousPassword(text)) {
            throw new IllegalArgumentException(
                    "expected 1 to 200 printing characters of ASCII, such as ftp@example.com");
        }
        return Secret.of(text);
    }

    /** Returns how servers are checked, or nothing for {@code none}. */
    static Optional<RouterContext.Probe> probe(String text) {
        return text.equals("none") ? Optional.empty() : Optional.of(Choices.oneOf(RouterContext.Probe.values(), text));
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time zone, such as UTC, Europe/Berlin or +02:00", e);
        }
    }

    static LdapServer ldapServer(String text) {
        return LdapServer.parse(text).orElseThrow(() -> expected("ldap://HOST[:PORT] or ldaps://HOST[:PORT]"));
    }

    static Required required(String text) {
        return Required.parse(text).orElseThrow(() -> expected("ATTRIBUTE=VALUE"));
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what);
    }
}
