package io.ftpalg.server.config;

import static io.ftpalg.server.config.ConfigEntry.Kind.CHOICE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FILE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FLAG;
import static io.ftpalg.server.config.ConfigEntry.Kind.TEXT;

import io.ftpalg.server.config.ConfigEntry.Section;
import io.ftpalg.server.config.ConfigEntry.Setting;
import java.util.List;
import java.util.Optional;

/** The keys of {@code tls} and {@code upstream-tls}. */
final class TlsKeys {
    private static final String USE = "off|optional|required|required-for-login";

    private TlsKeys() {
    }

    static List<ConfigEntry> clients() {
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
                Setting.of("lenient-end", FLAG, "--tls-lenient-end", "true or false",
                        "take a client's FIN for the end of an upload, without close_notify").standard("false"),
                Setting.of("require-data-reuse", FLAG, "--tls-require-data-reuse", "true or false",
                        "refuse a data connection that does not resume its session's TLS").standard("false"),
                Setting.of("engine", CHOICE, "--tls-engine", "auto|openssl|jdk",
                        "what does the work, with servers too").standard("auto"),
                Setting.of("profile", CHOICE, "--tls-profile", "modern|intermediate", "TLS 1.3 only, or 1.2 too")
                        .standard("intermediate"));
    }

    static List<ConfigEntry> servers() {
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
