package io.ftpalg.server.config;

import static io.ftpalg.server.config.ConfigEntry.Kind.CHOICE;
import static io.ftpalg.server.config.ConfigEntry.Kind.COUNT;
import static io.ftpalg.server.config.ConfigEntry.Kind.FILE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FLAG;
import static io.ftpalg.server.config.ConfigEntry.Kind.TEXT;
import static io.ftpalg.server.config.ConfigEntry.Kind.TIME;

import io.ftpalg.policy.Limits;
import io.ftpalg.server.config.ConfigEntry.Setting;
import io.ftpalg.server.config.ConfigEntry.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table of all keys of the config file: what is read, shown, documented and completed by editors comes from here. */
public final class ConfigKeys {
    private static final String USE = "off|optional|required|required-for-login";

    private ConfigKeys() {
    }

    /** Returns the whole file. */
    public static Section root() {
        return new Section("", false, true, Optional.empty(), List.of(
                new Section("listeners", true, true, Optional.empty(), listener(),
                        "where clients connect, each with rules of its own"),
                Setting.of("transport", CHOICE, "--transport", "auto|epoll|io_uring|kqueue|nio", "what drives the sockets")
                        .standard("auto"),
                Setting.of("relay", CHOICE, "--relay", "auto|splice|buffer",
                        "how data is moved; splice needs epoll").standard("auto"),
                Setting.of("drain-timeout", TIME, "--drain-timeout", "TIME", "for running transfers at SIGTERM or Ctrl-C")
                        .standard("30s"),
                Setting.of("verbose", FLAG, "", "true or false", "log more").standard("false"),
                Setting.of("reload", CHOICE, "", "off|signal|watch",
                        "read this file again: never, at SIGHUP, or also when it or a file that it names changes")
                        .standard("signal")), "the config file");
    }

    private static List<ConfigEntry> listener() {
        return List.of(
                Setting.of("bind", TEXT, "--listen", "HOST:PORT", "where clients connect").repeatable(),
                Setting.of("implicit-tls-bind", TEXT, "--implicit-tls-listen", "HOST:PORT",
                        "where TLS begins with the connection, port 990 by custom").repeatable(),
                Setting.of("upstream", TEXT, "--upstream", "HOST[:PORT]",
                        "the server that every session goes to; ftpes://HOST with TLS, ftps://HOST with implicit TLS"),
                new Section("forward", false, false, Optional.of("--forward"), List.of(
                        Setting.of("allow", TEXT, "--allow-target", "HOST_OR_CIDR[:PORTS]",
                        "what logins may name; nothing if left out")
                                .repeatable()), "go where the login says, USER user@host[:port], in place of upstream"),
                Setting.of("server-mode", CHOICE, "--server-mode", "client|passive|active|port|eprt|pasv|epsv",
                        "data ports with the server; client: as the client does").standard("client"),
                Setting.of("source-address", TEXT, "--source-address", "ADDRESS", "local address of connections to the server"),
                Setting.of("passive-ports", TEXT, "--passive-ports", "FIRST-LAST",
                        "ports that clients connect to for data; any free port if left out"),
                Setting.of("passive-address", TEXT, "--passive-address", "A.B.C.D",
                        "IPv4 address that clients are told in place of the one they connected to"),
                Setting.of("active-source-port", COUNT, "--active-source-port", "1 to 65535",
                        "local port of data connections to clients, such as 20"),
                Setting.of("data-connect", CHOICE, "--data-connect", "early|late",
                        "connect to the server's data port when it is named, or with the transfer").standard("early"),
                Setting.of("telnet", CHOICE, "--telnet", "on|off", "whether byte 0xFF in names is doubled, as RFC 959 has it")
                        .standard("on"),
                new Section("tls", false, false, Optional.empty(), tls(), "TLS with clients"),
                new Section("upstream-tls", false, false, Optional.empty(), upstreamTls(), "TLS with servers"),
                new Section("limits", false, false, Optional.empty(), Arrays.stream(LimitKey.values())
                        .<ConfigEntry>map(limit -> limit.entry(Limits.defaults())).toList(), "how much, and how long"));
    }

    private static List<ConfigEntry> tls() {
        return List.of(
                Setting.of("use", CHOICE, "--tls", USE, "optional with a certificate, else off"),
                Setting.of("data", CHOICE, "--data-tls", USE, "the same for data connections"),
                new Section("certificates", true, false, Optional.empty(), List.of(
                        Setting.of("cert", FILE, "--tls-cert", "FILE", "certificate and chain (PEM)").needed(),
                        Setting.of("key", FILE, "--tls-key", "FILE", "its key (PEM)").needed()),
                        "read again when they change; chosen by the name that clients ask for (SNI)"),
                Setting.of("keystore", FILE, "--tls-keystore", "FILE", "certificates and keys (PKCS#12)"),
                Setting.of("keystore-password-file", FILE, "--tls-keystore-password-file", "FILE",
                        "its password, the first line"),
                Setting.of("self-signed", FLAG, "--tls-self-signed", "true or false",
                        "a certificate made at start, to try things out").standard("false"),
                Setting.of("ca-cert", FILE, "--tls-ca-cert", "FILE",
                        "a CA (PEM) that signs a certificate for each name that clients ask for"),
                Setting.of("ca-key", FILE, "--tls-ca-key", "FILE", "its key (PEM)"),
                Setting.of("client-auth", CHOICE, "--tls-client-auth", "none|optional|required", "certificates of clients")
                        .standard("none"),
                Setting.of("client-ca", FILE, "--tls-client-ca", "FILE", "who vouches for clients (PEM)"),
                Setting.of("auth-mode", CHOICE, "--auth-mode", "terminate|deny|passthrough",
                        "what becomes of AUTH: TLS ends here, is refused, or is the server's affair"),
                Setting.of("allow-ccc", FLAG, "--allow-ccc", "true or false",
                        "let clients end TLS on the control connection after the login").standard("false"),
                Setting.of("require-data-reuse", FLAG, "--tls-require-data-reuse", "true or false",
                        "refuse a data connection that does not resume its session's TLS").standard("false"),
                Setting.of("engine", CHOICE, "--tls-engine", "auto|openssl|jdk",
                        "what does the work, with servers too").standard("auto"),
                Setting.of("profile", CHOICE, "--tls-profile", "modern|intermediate", "TLS 1.3 only, or 1.2 too")
                        .standard("intermediate"));
    }

    private static List<ConfigEntry> upstreamTls() {
        return List.of(
                Setting.of("mode", CHOICE, "--upstream-tls", "off|auto|required|mirror",
                        "never, if the server can, always, or as the client does; off unless the scheme of upstream says else"),
                Setting.of("data", CHOICE, "--upstream-data-tls", "private|mirror|clear",
                        "data connections under TLS; mirror with mode mirror, else private"),
                Setting.of("ca", FILE, "--upstream-ca", "FILE", "who vouches for servers (PEM); the JDK's CAs if left out"),
                Setting.of("pin", TEXT, "--upstream-pin", "SHA256",
                        "the server's public key, by its digest in base64 or hex, in place of a CA").repeatable(),
                Setting.of("insecure", FLAG, "--upstream-insecure", "true or false",
                        "take any certificate of a server, to try things out").standard("false"),
                Setting.of("name", TEXT, "--upstream-tls-name", "NAME",
                        "the name that the server's certificate must have, if not that of upstream"),
                Setting.of("cert", FILE, "--upstream-cert", "FILE",
                        "the gateway's certificate for servers that ask for one (PEM)"),
                Setting.of("key", FILE, "--upstream-key", "FILE", "its key (PEM)"),
                Setting.of("lenient-end", FLAG, "--upstream-lenient-end", "true or false",
                        "take the end of a connection for the end of a file").standard("false"),
                Setting.of("max-version", CHOICE, "--upstream-tls-max", "1.2|1.3",
                        "1.2 if left out; 1.3 resumes too seldom for servers that demand it"));
    }
}
