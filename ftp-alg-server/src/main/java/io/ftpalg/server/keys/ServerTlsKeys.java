package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.CliOption.Group.SERVER_TLS;
import static io.ftpalg.server.keys.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.Key.Kind.FILE;
import static io.ftpalg.server.keys.Key.Kind.TEXT;

import io.ftpalg.policy.ServerTls;
import io.ftpalg.server.tls.PublicKeyPin;
import io.ftpalg.server.tls.ServerLeg.TlsVersion;
import java.nio.file.Path;

/** The keys of {@code upstream-tls}. */
public final class ServerTlsKeys {
    public static final Key<ServerTls.Mode> MODE = Key.choice(
                    "mode",
                    ServerTls.Mode.values(),
                    "never, if the server can, always, or as the client does; off unless the scheme of upstream says else")
            .option(
                    SERVER_TLS,
                    "--upstream-tls",
                    "MODE",
                    "off (default), auto (if the server can), required, mirror (as the client does)");
    public static final Key<ServerTls.Data> DATA = Key.choice(
                    "data",
                    ServerTls.Data.values(),
                    "data connections under TLS; mirror with mode mirror, else private")
            .option(
                    SERVER_TLS,
                    "--upstream-data-tls",
                    "MODE",
                    "data connections under TLS: private, mirror (as the client's; default"
                            + " with --upstream-tls mirror), clear; default private");
    static final Key<Path> CA = Key.of(
                    "ca", FILE, "FILE", "CA bundle for servers (PEM); the JDK's CAs if left out", Path::of)
            .option(SERVER_TLS, "--upstream-ca");
    static final Key<PublicKeyPin> PIN = Key.of(
                    "pin",
                    TEXT,
                    "SHA256",
                    "the server's public key, by its digest in base64 or hex, in place of a CA",
                    Meanings::pin)
            .repeatable()
            .option(
                    SERVER_TLS,
                    "--upstream-pin",
                    "SHA256",
                    "the server's public key, by its digest in base64 or hex, in place of a CA; may be repeated");
    public static final Key<Boolean> INSECURE = Key.flag(
                    "insecure", "take any certificate of a server, to try things out")
            .standard("false")
            .option(SERVER_TLS, "--upstream-insecure");
    static final Key<String> NAME = Key.of(
                    "name",
                    TEXT,
                    "NAME",
                    "the name that the server's certificate must have, if not that of upstream",
                    text -> text)
            .option(
                    SERVER_TLS,
                    "--upstream-tls-name",
                    "NAME",
                    "the name that the server's certificate must have, if not that of --upstream");
    static final Key<Path> CERT = Key.of(
                    "cert", FILE, "FILE", "the gateway's certificate for servers that ask for one (PEM)", Path::of)
            .option(SERVER_TLS, "--upstream-cert");
    static final Key<Path> KEY =
            Key.of("key", FILE, "FILE", "its key (PEM)", Path::of).option(SERVER_TLS, "--upstream-key");
    static final Key<Boolean> LENIENT_END = Key.flag(
                    "lenient-end", "take the end of a connection for the end of a file")
            .standard("false")
            .option(
                    SERVER_TLS,
                    "--upstream-lenient-end",
                    "",
                    "take the end of a connection for the end of a file, from servers that end TLS without close_notify");
    public static final Key<TlsVersion> MAX_VERSION = Key.of(
                    "max-version",
                    CHOICE,
                    "1.2|1.3",
                    "1.2 if left out; 1.3 resumes too seldom for servers that demand it",
                    Meanings::tlsVersion)
            .option(
                    SERVER_TLS,
                    "--upstream-tls-max",
                    "VERSION",
                    "1.2 (default) or 1.3, which resumes too seldom for servers that demand it");

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
