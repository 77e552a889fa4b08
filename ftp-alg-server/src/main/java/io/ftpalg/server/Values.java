package io.ftpalg.server;

import io.ftpalg.policy.AuthMode;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.LoginDialect;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.ServerTls;
import io.ftpalg.policy.TargetRule;
import io.ftpalg.policy.TlsUse;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.Balance;
import io.ftpalg.server.tls.PublicKeyPin;
import io.ftpalg.server.tls.ServerLeg.TlsVersion;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TlsProfile;
import io.netty.handler.ssl.ClientAuth;
import io.ftpalg.server.tls.RegularFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the texts of options into values; a text that is none fails with what was expected, for {@link OptionErrors}. */
final class Values {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)?");

    private Values() {
    }

    /** Teaches the command line, and its subcommands, the types of the options. */
    static void register(CommandLine line) {
        line.registerConverter(InetSocketAddress.class, Values::listen)
                .registerConverter(Upstream.class, Values::upstream)
                .registerConverter(Balance.class, Values::balance)
                .registerConverter(TargetRule.class, Values::target)
                .registerConverter(PortRange.class, Values::ports)
                .registerConverter(Inet4Address.class, Values::ipv4)
                .registerConverter(InetAddress.class, Values::ip)
                .registerConverter(Duration.class, Values::time)
                .registerConverter(ServerDataMode.class, text -> oneOf(ServerDataMode.values(), text))
                .registerConverter(DataConnect.class, text -> oneOf(DataConnect.values(), text))
                .registerConverter(TransportType.class, text -> oneOf(TransportType.values(), text))
                .registerConverter(RelayType.class, text -> oneOf(RelayType.values(), text))
                .registerConverter(TlsUse.class, text -> oneOf(TlsUse.values(), text))
                .registerConverter(AuthMode.class, text -> oneOf(AuthMode.values(), text))
                .registerConverter(ServerTls.Mode.class, text -> oneOf(ServerTls.Mode.values(), text))
                .registerConverter(ServerTls.Data.class, text -> oneOf(ServerTls.Data.values(), text))
                .registerConverter(CertificateUse.class, text -> oneOf(CertificateUse.values(), text))
                .registerConverter(TlsEngine.class, text -> oneOf(TlsEngine.values(), text))
                .registerConverter(TlsProfile.class, text -> oneOf(TlsProfile.values(), text))
                .registerConverter(PublicKeyPin.class, Values::pin)
                .registerConverter(TelnetMode.class, text -> oneOf(TelnetMode.values(), text));
    }

    /** Whether clients show a certificate. */
    enum CertificateUse {
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

    /** A version of TLS by its number. */
    static final class TlsVersionText implements ITypeConverter<TlsVersion> {
        @Override
        public TlsVersion convert(String text) {
            return switch (text) {
                case "1.2" -> TlsVersion.TLS_1_2;
                case "1.3" -> TlsVersion.TLS_1_3;
                default -> throw expected("1.2 or 1.3");
            };
        }
    }

    /** A word of --pasv-address. */
    static final class PasvAddressWord implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return PasvAddress.parse(List.of(text)).map(known -> text)
                    .orElseThrow(() -> expected("ignore, match, or a network such as 192.0.2.0/24"));
        }
    }

    /** A word of --data-peers. */
    static final class DataPeersWord implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return DataPeers.parse(List.of(text)).map(known -> text)
                    .orElseThrow(() -> expected("same, network/24, or a network such as 192.0.2.0/24"));
        }
    }

    /** A count, 1 to a million. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 1_000_000);
        }
    }

    /** How many refused passwords are remembered, 1 to 1000. */
    static final class Failures implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 1000);
        }
    }

    /** A percentage, 1 to 100. */
    static final class Percent implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 100);
        }
    }

    /** A port, 1 to 65535. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 65535);
        }
    }

    /** Returns the address to listen on that the text names. */
    static InetSocketAddress listen(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        // Port 0 is any free port, which a server to connect to cannot have: the host alone is parsed as one.
        Optional<HostPort> host = colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535
                ? Optional.empty() : HostPort.parse(text.substring(0, colon) + ":1");
        if (host.isEmpty()) {
            throw expected("HOST:PORT, such as 0.0.0.0:2121 or [::]:2121");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host.get().host()), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw expected("an address of this machine, and this name cannot be resolved");
        }
    }

    static Upstream upstream(String text) {
        return Upstream.parse(text).orElseThrow(() -> expected(text.contains("://")
                ? "ftp://, ftpes:// or ftps:// and HOST[:PORT]" : text.startsWith("_") ? "a service such as _ftp._tcp.example.com"
                        : "HOST[:PORT] or [IPV6][:PORT]"));
    }

    static Balance balance(String text) {
        return Balance.parse(text).orElseThrow(() -> expected("one of "
                + Stream.of(Balance.values()).map(Balance::text).collect(Collectors.joining(", "))));
    }

    static LoginDialect dialect(String text) {
        return Stream.of(LoginDialect.values()).filter(one -> one.text().equals(text)).findFirst()
                .orElseThrow(() -> expected("one of "
                        + Stream.of(LoginDialect.values()).map(LoginDialect::text).collect(Collectors.joining(", "))));
    }

    static ServerDataMode serverMode(String text) {
        return oneOf(ServerDataMode.values(), text);
    }

    static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow(() -> expected("a network or an address, such as 192.0.2.0/24"));
    }

    static InetSocketAddress nameServer(String text) {
        HostPort server = HostPort.parse(text, 53).orElseThrow(() -> expected("an IP address, or one with a port"));
        return new InetSocketAddress(IpLiteral.parse(server.host()).orElseThrow(() -> expected("an IP address, not a name")),
                server.port());
    }

    /** Returns the first line of a file. */
    static Secret password(Path file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(RegularFiles.open(file), StandardCharsets.ISO_8859_1))) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new IllegalArgumentException("the first line is to be a password, and it is empty");
            }
            return Secret.of(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static PublicKeyPin pin(String text) {
        return PublicKeyPin.parse(text).orElseThrow(() -> expected("a SHA-256 digest in base64 or hex"));
    }

    static TargetRule target(String text) {
        return TargetRule.parse(text).orElseThrow(
                () -> expected("HOST[:PORTS] or CIDR[:PORTS], such as *.example.com:21 or 192.0.2.0/24"));
    }

    static PortRange ports(String text) {
        return PortRange.parse(text).orElseThrow(() -> expected("FIRST-LAST, such as 50000-50999"));
    }

    private static Inet4Address ipv4(String text) {
        return IpLiteral.parseIpv4(text).filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast)
                .orElseThrow(() -> expected("an IPv4 address, such as 203.0.113.7"));
    }

    static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow(() -> expected("an IP address"));
    }

    /** Returns the time that the text names. */
    static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw expected("a time in seconds, or with a unit, such as 300, 90s, 5m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
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

    static <E extends Enum<E>> E oneOf(E[] choices, String text) {
        return Stream.of(choices).filter(choice -> name(choice).equals(text.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> expected(
                        "one of " + Stream.of(choices).map(Values::name).collect(Collectors.joining(", "))));
    }

    /** Returns a choice as it is written on the command line. */
    static String name(Enum<?> choice) {
        return (choice instanceof TlsUse ? choice.name().replace('_', '-') : choice.name()).toLowerCase(Locale.ROOT);
    }

    private static TypeConversionException expected(String what) {
        return new TypeConversionException("expected " + what);
    }
}
