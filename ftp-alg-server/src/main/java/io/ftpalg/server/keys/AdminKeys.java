package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.AdminSettings;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TlsProfile;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of {@code admin}, the HTTP server of the operator, and the settings that they come to. */
final class AdminKeys {
    static final Key<InetSocketAddress> BIND = Key.of(
            "bind",
            TEXT,
            "HOST:PORT",
            "address of the admin page, its API and metrics, such as 127.0.0.1:8021; another than loopback needs token-file or"
                    + " tls.client-ca",
            Meanings::listen);
    static final Key<Path> SOCKET = Key.of(
            "socket",
            PATH,
            "FILE",
            "Unix domain socket of the same for local commands, such as /run/ftp-alg/admin.sock; the mode of its file decides"
                    + " who may use it",
            Meanings::socket);
    static final Key<Boolean> SOCKET_MODE = Key.of(
                    "socket-mode",
                    CHOICE,
                    "0600|0660",
                    "mode of the socket: its owner, or its group too",
                    AdminKeys::forGroup)
            .standard("0600");
    static final Key<Secret> TOKEN_FILE = Key.of(
            "token-file",
            FILE,
            "FILE",
            "token that callers of the address send (Bearer, or the password of Basic), the first line",
            Meanings::token);
    static final Key<String> HOSTS = Key.of(
                    "hosts",
                    TEXT,
                    "NAME",
                    "names that browsers call the address by, beside localhost and IP addresses",
                    Meanings::host)
            .repeatable();
    static final Key<Path> CERT = Key.of("cert", FILE, "FILE", "certificate and chain (PEM)", Path::of)
            .needed();
    static final Key<Path> KEY = Key.of("key", FILE, "FILE", "private key of the certificate (PEM)", Path::of)
            .needed();
    static final Key<Path> CLIENT_CA =
            Key.of("client-ca", FILE, "FILE", "CA bundle (PEM): callers need a certificate that it verifies", Path::of);
    static final Section TLS = Section.of("tls", "TLS of the address", CERT, KEY, CLIENT_CA);
    static final Section ADMIN = Section.of(
            "admin",
            "the HTTP server of the operator: metrics, health, page and API; off if left out",
            BIND,
            SOCKET,
            SOCKET_MODE,
            TOKEN_FILE,
            HOSTS,
            TLS);

    private AdminKeys() {}

    private static boolean forGroup(String text) {
        return switch (text) {
            case "0600" -> false;
            case "0660" -> true;
            default -> throw new IllegalArgumentException("expected 0600 or 0660");
        };
    }

    /** Returns the settings, if the section is given; a problem was reported where they are missing then. */
    static Optional<AdminSettings> read(Given program) {
        if (!program.offers(ADMIN) || !program.has(ADMIN)) {
            return Optional.empty();
        }
        Given admin = program.section(ADMIN);
        if (!admin.has(BIND) && !admin.has(SOCKET)) {
            admin.problem("admin has no address: give bind, socket, or both");
        }
        Optional<ClientLeg> tls = admin.has(TLS) ? tls(admin.section(TLS)) : Optional.empty();
        for (Entry of : List.<Entry>of(TOKEN_FILE, HOSTS, TLS)) {
            if (admin.has(of) && !admin.has(BIND)) {
                admin.problem(of.name() + " is for bind only: give bind, or leave it out", of);
            }
        }
        boolean protects = admin.has(TOKEN_FILE)
                || tls.filter(leg -> leg.clientAuth() == ClientAuth.REQUIRE).isPresent();
        admin.one(BIND)
                .filter(address -> !address.getAddress().isLoopbackAddress() && !protects)
                .ifPresent(open -> admin.problem(
                        "admin.bind is no loopback address, so that everyone who reaches it could control the gateway: give"
                                + " token-file or tls.client-ca, or bind 127.0.0.1",
                        BIND));
        return Optional.of(new AdminSettings(
                admin.one(BIND),
                admin.one(SOCKET),
                admin.get(SOCKET_MODE),
                admin.one(TOKEN_FILE),
                admin.all(HOSTS),
                tls));
    }

    private static Optional<ClientLeg> tls(Given tls) {
        Optional<Path> ca = tls.one(CLIENT_CA);
        return tls.one(CERT)
                .flatMap(certificate -> tls.one(KEY).map(key -> new PemPair(certificate, key)))
                .map(pair -> new ClientLeg(
                        new CertificateChoice.Stored(List.of(pair)),
                        TlsEngine.AUTO,
                        TlsProfile.INTERMEDIATE,
                        ca.isPresent() ? ClientAuth.REQUIRE : ClientAuth.NONE,
                        ca,
                        false));
    }
}
