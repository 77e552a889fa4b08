package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.ClientTlsKeys.TLS;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.BindSettings;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.CredentialSource;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.CredentialSource.Pkcs12;
import io.ftpalg.server.tls.OwnNames;
import io.ftpalg.server.tls.TlsEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes {@link ClientTlsSettings} of what is given in {@code tls}. Used once. */
final class ClientTlsReader {
    private final Given tls;
    private final Names names;
    private final BindSettings bind;
    private final RoutingSettings routing;

    /** Makes a reader; a certificate may be made for the addresses of the listener, or for the server that its sessions go to. */
    ClientTlsReader(Given tls, BindSettings bind, RoutingSettings routing) {
        this.tls = tls;
        this.names = tls.names();
        this.bind = bind;
        this.routing = routing;
    }

    ClientTlsSettings read() {
        Optional<CertificateChoice> choice = choice();
        Optional<AuthMode> authMode = tls.one(ClientTlsKeys.AUTH_MODE);
        AuthMode auth = authMode.orElse(AuthMode.TERMINATE);
        if (choice.isEmpty()) {
            checkNothingNeedsACertificate();
            return authMode.isEmpty()
                    ? ClientTlsSettings.NONE
                    : new ClientTlsSettings(ClientTls.NONE, Optional.of(auth), Optional.empty());
        }
        checkWithCertificate(auth);
        TlsUse control = tls.one(ClientTlsKeys.USE).orElse(TlsUse.OPTIONAL);
        if (control == TlsUse.OFF) {
            return ClientTlsSettings.NONE;
        }
        boolean reuse = tls.get(ClientTlsKeys.REQUIRE_DATA_REUSE);
        return new ClientTlsSettings(
                new ClientTls(
                        control,
                        tls.one(ClientTlsKeys.DATA).orElse(TlsUse.OPTIONAL),
                        auth,
                        false,
                        tls.get(ClientTlsKeys.ALLOW_CCC),
                        reuse,
                        !tls.get(ClientTlsKeys.LENIENT_END)),
                Optional.empty(),
                Optional.of(new ClientLeg(
                        choice.get(),
                        tls.get(ClientTlsKeys.ENGINE),
                        tls.get(ClientTlsKeys.PROFILE),
                        tls.get(ClientTlsKeys.CLIENT_AUTH).netty(),
                        tls.one(ClientTlsKeys.CLIENT_CA),
                        reuse)));
    }

    private Optional<CertificateChoice> choice() {
        Optional<Path> caCertificate = tls.one(ClientTlsKeys.CA_CERT);
        Optional<Path> caKey = tls.one(ClientTlsKeys.CA_KEY);
        if (caCertificate.isPresent() != caKey.isPresent()) {
            throw caKey.isPresent()
                    ? needs(ClientTlsKeys.CA_KEY, ClientTlsKeys.CA_CERT)
                    : needs(ClientTlsKeys.CA_CERT, ClientTlsKeys.CA_KEY);
        }
        Optional<Path> keystore = tls.one(ClientTlsKeys.KEYSTORE);
        if (tls.has(ClientTlsKeys.KEYSTORE_PASSWORD_FILE) && keystore.isEmpty()) {
            throw needs(ClientTlsKeys.KEYSTORE_PASSWORD_FILE, ClientTlsKeys.KEYSTORE);
        }
        List<CredentialSource> stored = Stream.<CredentialSource>concat(
                        tls.sections(ClientTlsKeys.CERTIFICATES).stream().flatMap(ClientTlsReader::pair),
                        keystore.map(file -> new Pkcs12(file, tls.one(ClientTlsKeys.KEYSTORE_PASSWORD_FILE))).stream())
                .toList();
        boolean selfSigned = tls.get(ClientTlsKeys.SELF_SIGNED);
        if (Stream.of(!stored.isEmpty(), selfSigned, caCertificate.isPresent())
                        .filter(given -> given)
                        .count()
                > 1) {
            throw tls.contradiction(
                    "certificates of files, " + name(ClientTlsKeys.SELF_SIGNED) + " and " + name(ClientTlsKeys.CA_CERT)
                            + " exclude each other: give one of them",
                    ClientTlsKeys.SELF_SIGNED,
                    ClientTlsKeys.CA_CERT);
        }
        return !stored.isEmpty()
                ? Optional.of(new CertificateChoice.Stored(stored))
                : selfSigned
                        ? Optional.of(new CertificateChoice.SelfSigned(OwnNames.of(bind.all())))
                        : caCertificate.map(ca ->
                                new CertificateChoice.Minted(new PemPair(ca, caKey.orElseThrow()), firstServer()));
    }

    private static Stream<PemPair> pair(Given section) {
        return section
                .one(ClientTlsKeys.CERT)
                .flatMap(certificate -> section.one(ClientTlsKeys.KEY).map(key -> new PemPair(certificate, key)))
                .stream();
    }

    private Optional<String> firstServer() {
        return routing.otherwise() instanceof RouteChoice.Reverse reverse
                ? reverse.servers().get(0).server().map(HostPort::host)
                : Optional.empty();
    }

    private void checkNothingNeedsACertificate() {
        if (!bind.implicitTls().isEmpty()) {
            throw needsCertificate(names.of(ListenerKeys.IMPLICIT_TLS_BIND), ListenerKeys.IMPLICIT_TLS_BIND);
        }
        for (Key<TlsUse> use : List.of(ClientTlsKeys.USE, ClientTlsKeys.DATA)) {
            tls.one(use).filter(value -> value != TlsUse.OFF).ifPresent(value -> {
                throw needsCertificate(name(use) + ' ' + Choices.name(value), use);
            });
        }
        if (tls.one(ClientTlsKeys.AUTH_MODE)
                .filter(mode -> mode == AuthMode.TERMINATE)
                .isPresent()) {
            throw needsCertificate(name(ClientTlsKeys.AUTH_MODE) + " terminate", ClientTlsKeys.AUTH_MODE);
        }
        if (tls.get(ClientTlsKeys.CLIENT_AUTH) != Meanings.CertificateUse.NONE || tls.has(ClientTlsKeys.CLIENT_CA)) {
            throw tls.contradiction(
                    "certificates of clients need a certificate of the gateway: " + giveOne(),
                    ClientTlsKeys.CLIENT_AUTH,
                    ClientTlsKeys.CLIENT_CA);
        }
        for (Key<Boolean> flag :
                List.of(ClientTlsKeys.ALLOW_CCC, ClientTlsKeys.REQUIRE_DATA_REUSE, ClientTlsKeys.LENIENT_END)) {
            if (tls.get(flag)) {
                throw needsCertificate(name(flag), flag);
            }
        }
    }

    private void checkWithCertificate(AuthMode auth) {
        boolean implicit = !bind.implicitTls().isEmpty();
        if (auth == AuthMode.PASSTHROUGH || auth == AuthMode.DENY && !implicit) {
            throw tls.contradiction(
                    name(ClientTlsKeys.AUTH_MODE) + ' ' + Choices.name(auth)
                            + " needs no certificate, since TLS does not end at the gateway: leave it out",
                    ClientTlsKeys.AUTH_MODE);
        }
        if (tls.one(ClientTlsKeys.USE).filter(use -> use == TlsUse.OFF).isPresent()
                && (implicit
                        || tls.one(ClientTlsKeys.DATA)
                                .filter(use -> use != TlsUse.OFF)
                                .isPresent())) {
            throw tls.contradiction(
                    name(ClientTlsKeys.USE) + " off excludes "
                            + (implicit ? names.of(ListenerKeys.IMPLICIT_TLS_BIND) : name(ClientTlsKeys.DATA)),
                    ClientTlsKeys.USE);
        }
        if (tls.has(ClientTlsKeys.CLIENT_CA) && tls.get(ClientTlsKeys.CLIENT_AUTH) == Meanings.CertificateUse.NONE) {
            throw tls.contradiction(
                    name(ClientTlsKeys.CLIENT_CA) + " needs " + name(ClientTlsKeys.CLIENT_AUTH)
                            + " optional or required",
                    ClientTlsKeys.CLIENT_CA);
        }
        if (tls.get(ClientTlsKeys.REQUIRE_DATA_REUSE) && tls.get(ClientTlsKeys.ENGINE) == TlsEngine.OPENSSL) {
            throw tls.contradiction(
                    name(ClientTlsKeys.REQUIRE_DATA_REUSE) + " uses the JDK's engine: leave out "
                            + name(ClientTlsKeys.ENGINE) + " openssl",
                    ClientTlsKeys.REQUIRE_DATA_REUSE);
        }
    }

    private RuntimeException needs(Entry given, Entry other) {
        return tls.contradiction(name(given) + " needs " + name(other), given);
    }

    private RuntimeException needsCertificate(String what, Entry at) {
        return tls.contradiction(what + " needs a certificate: " + giveOne(), at);
    }

    private String giveOne() {
        return "give " + names.of(TLS, ClientTlsKeys.CERTIFICATES, ClientTlsKeys.CERT) + " and "
                + names.of(TLS, ClientTlsKeys.CERTIFICATES, ClientTlsKeys.KEY) + ", " + name(ClientTlsKeys.KEYSTORE)
                + ", "
                + name(ClientTlsKeys.SELF_SIGNED) + ", or " + name(ClientTlsKeys.CA_CERT) + " and "
                + name(ClientTlsKeys.CA_KEY);
    }

    private String name(Entry entry) {
        return names.of(TLS, entry);
    }
}
