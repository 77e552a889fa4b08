package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.CliOption.Group.CLIENT_TLS;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TlsProfile;
import java.nio.file.Path;

/** The keys of {@code tls}. */
public final class ClientTlsKeys {
    public static final Key<TlsUse> USE = Key.choice(
                    "use", TlsUse.values(), "TLS on control connections; optional with a certificate, else off")
            .option(
                    CLIENT_TLS,
                    "--tls",
                    "USE",
                    "TLS on control connections: off, optional (default with a certificate), required, required-for-login (of all but"
                            + " anonymous users)");
    public static final Key<TlsUse> DATA = Key.choice(
                    "data", TlsUse.values(), "TLS on data connections; optional with a certificate, else off")
            .option(
                    CLIENT_TLS,
                    "--data-tls",
                    "USE",
                    "TLS on data connections: off, optional (default), required, required-for-login");
    static final Key<Path> CERT = Key.of("cert", FILE, "FILE", "certificate and chain (PEM)", Path::of)
            .needed()
            .option(
                    CLIENT_TLS,
                    "--tls-cert",
                    "FILE",
                    "certificate and chain (PEM), read again when it changes; repeatable, with"
                            + " its key, and is then chosen by SNI");
    static final Key<Path> KEY = Key.of("key", FILE, "FILE", "private key of the certificate (PEM)", Path::of)
            .needed()
            .option(CLIENT_TLS, "--tls-key");
    static final Section CERTIFICATES = Section.list(
            "certificates", "certificates of the gateway, chosen by SNI and read again when they change", CERT, KEY);
    static final Key<Path> KEYSTORE = Key.of("keystore", FILE, "FILE", "certificates and keys (PKCS#12)", Path::of)
            .option(CLIENT_TLS, "--tls-keystore");
    static final Key<Path> KEYSTORE_PASSWORD_FILE = Key.of(
                    "keystore-password-file", FILE, "FILE", "password of the keystore, the first line", Path::of)
            .option(CLIENT_TLS, "--tls-keystore-password-file");
    static final Key<Boolean> SELF_SIGNED = Key.flag("self-signed", "make a certificate at start, for tests")
            .standard("false")
            .option(CLIENT_TLS, "--tls-self-signed");
    static final Key<Path> CA_CERT = Key.of(
                    "ca-cert",
                    FILE,
                    "FILE",
                    "CA (PEM) that signs a certificate for each name that clients request (SNI)",
                    Path::of)
            .option(CLIENT_TLS, "--tls-ca-cert");
    static final Key<Path> CA_KEY = Key.of("ca-key", FILE, "FILE", "private key of the CA (PEM)", Path::of)
            .option(CLIENT_TLS, "--tls-ca-key");
    static final Key<Meanings.CertificateUse> CLIENT_AUTH = Key.choice(
                    "client-auth", Meanings.CertificateUse.values(), "whether clients need a certificate")
            .standard("none")
            .option(CLIENT_TLS, "--tls-client-auth", "AUTH", "client certificates: none (default), optional, required");
    static final Key<Path> CLIENT_CA = Key.of(
                    "client-ca", FILE, "FILE", "CA bundle for verifying clients (PEM)", Path::of)
            .option(CLIENT_TLS, "--tls-client-ca");
    public static final Key<AuthMode> AUTH_MODE = Key.choice(
                    "auth-mode",
                    AuthMode.values(),
                    "handling of AUTH: TLS ends at the gateway, is refused, or is passed to the server")
            .option(
                    CLIENT_TLS,
                    "--auth-mode",
                    "MODE",
                    "handling of AUTH: terminate (TLS ends at the gateway), deny, passthrough (TLS with"
                            + " the server; data connections are not handled)");
    static final Key<Boolean> ALLOW_CCC = Key.flag("allow-ccc", "accept CCC, the end of TLS on a control connection")
            .standard("false")
            .option(CLIENT_TLS, "--allow-ccc");
    static final Key<Boolean> LENIENT_END = Key.flag("lenient-end", "accept uploads that end without close_notify")
            .standard("false")
            .option(CLIENT_TLS, "--tls-lenient-end", "", "accept uploads that end without close_notify");
    static final Key<Boolean> REQUIRE_DATA_REUSE = Key.flag(
                    "require-data-reuse", "refuse a data connection that does not resume its session's TLS")
            .standard("false")
            .option(
                    CLIENT_TLS,
                    "--tls-require-data-reuse",
                    "",
                    "refuse a data connection that does not resume its session's TLS (522); uses the JDK's engine");
    static final Key<TlsEngine> ENGINE = Key.choice("engine", TlsEngine.values(), "TLS implementation, for servers too")
            .standard("auto")
            .option(CLIENT_TLS, "--tls-engine", "ENGINE", "TLS implementation: auto (default), openssl, jdk");
    static final Key<TlsProfile> PROFILE = Key.choice(
                    "profile", TlsProfile.values(), "TLS versions and ciphers: 1.3 only, or 1.2 too")
            .standard("intermediate")
            .option(
                    CLIENT_TLS,
                    "--tls-profile",
                    "PROFILE",
                    "TLS versions and ciphers, after Mozilla: modern (1.3), intermediate (1.2 too, the default)");

    public static final Section TLS = Section.of(
            "tls",
            "TLS with clients",
            USE,
            DATA,
            CERTIFICATES,
            KEYSTORE,
            KEYSTORE_PASSWORD_FILE,
            SELF_SIGNED,
            CA_CERT,
            CA_KEY,
            CLIENT_AUTH,
            CLIENT_CA,
            AUTH_MODE,
            ALLOW_CCC,
            LENIENT_END,
            REQUIRE_DATA_REUSE,
            ENGINE,
            PROFILE);

    private ClientTlsKeys() {}
}
