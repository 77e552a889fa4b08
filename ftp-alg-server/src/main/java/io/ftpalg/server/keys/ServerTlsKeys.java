package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.CliOption.Group.SERVER_TLS;
import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.tls.ServerLeg.TlsVersion;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import java.nio.file.Path;

/** The keys of {@code upstream-tls}. */
public final class ServerTlsKeys {
    public static final Key<ServerTls.Mode> MODE = Key.choice(
                    "mode",
                    ServerTls.Mode.values(),
                    "TLS on control connections: never, if the server supports it, always, or as the client does; off, unless"
                            + " the scheme of upstream sets it")
            .option(
                    SERVER_TLS,
                    "--upstream-tls",
                    "MODE",
                    "TLS on control connections: off (default), auto (if supported), required, mirror (as the client does)");
    public static final Key<ServerTls.Data> DATA = Key.choice(
                    "data", ServerTls.Data.values(), "TLS on data connections; mirror with mode mirror, else private")
            .option(
                    SERVER_TLS,
                    "--upstream-data-tls",
                    "MODE",
                    "TLS on data connections: private (default), clear, mirror (as the client's;"
                            + " default with --upstream-tls mirror)");
    static final Key<Path> CA = Key.of(
                    "ca", FILE, "FILE", "CA bundle for servers (PEM); the JDK's CAs if left out", Path::of)
            .option(SERVER_TLS, "--upstream-ca");
    static final Key<PublicKeyPin> PIN = Key.of(
                    "pin",
                    TEXT,
                    "SHA256",
                    "SHA-256 of the server's public key, in base64 or hex, in place of a CA",
                    Meanings::pin)
            .repeatable()
            .option(SERVER_TLS, "--upstream-pin", "SHA256", "SHA-256 of a server's key, in place of a CA; repeatable");
    public static final Key<Boolean> INSECURE = Key.flag("insecure", "accept any certificate of a server, for tests")
            .standard("false")
            .option(SERVER_TLS, "--upstream-insecure");
    static final Key<String> NAME = Key.of(
                    "name", TEXT, "NAME", "name in the server's certificate, if not that of upstream", text -> text)
            .option(
                    SERVER_TLS,
                    "--upstream-tls-name",
                    "NAME",
                    "name in the server's certificate, if not that of --upstream");
    static final Key<Path> CERT = Key.of(
                    "cert", FILE, "FILE", "certificate for servers that request one (PEM)", Path::of)
            .option(SERVER_TLS, "--upstream-cert");
    static final Key<Path> KEY = Key.of("key", FILE, "FILE", "private key of the certificate (PEM)", Path::of)
            .option(SERVER_TLS, "--upstream-key");
    static final Key<Boolean> LENIENT_END = Key.flag("lenient-end", "accept downloads that end without close_notify")
            .standard("false")
            .option(SERVER_TLS, "--upstream-lenient-end", "", "accept downloads that end without close_notify");
    public static final Key<TlsVersion> MAX_VERSION = Key.of(
                    "max-version",
                    CHOICE,
                    "1.2|1.3",
                    "newest TLS version; 1.2 if left out, since 1.3 resumes too seldom for servers that require it",
                    Meanings::tlsVersion)
            .option(SERVER_TLS, "--upstream-tls-max", "VERSION", "newest TLS version: 1.2 (default) or 1.3");

    public static final Section TLS = Section.of(
            "upstream-tls",
            "TLS with servers",
            MODE,
            DATA,
            CA,
            PIN,
            INSECURE,
            NAME,
            CERT,
            KEY,
            LENIENT_END,
            MAX_VERSION);

    private ServerTlsKeys() {}
}
