package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.ServerTlsKeys.TLS;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.ftpalg.server.settings.Upstream;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import io.ftpalg.server.tls.trust.TrustChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes {@link ServerTlsSettings} of what is given in {@code upstream-tls}, and of the schemes of the servers. Used once. */
final class ServerTlsReader {
    private final Given tls;
    private final List<Upstream> servers;
    private final TlsEngine engine;

    ServerTlsReader(Given tls, List<Upstream> servers, TlsEngine engine) {
        this.tls = tls;
        this.servers = servers;
        this.engine = engine;
    }

    ServerTlsSettings read() {
        ServerTls base = base();
        boolean schemeAsksForTls = servers.stream()
                .flatMap(server -> server.scheme().stream())
                .anyMatch(scheme -> scheme.tls().mode() != ServerTls.Mode.OFF);
        Optional<Path> certificate = tls.one(ServerTlsKeys.CERT);
        Optional<Path> key = tls.one(ServerTlsKeys.KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw key.isPresent()
                    ? needs(ServerTlsKeys.KEY, ServerTlsKeys.CERT)
                    : needs(ServerTlsKeys.CERT, ServerTlsKeys.KEY);
        }
        if (Stream.of(tls.has(ServerTlsKeys.CA), tls.has(ServerTlsKeys.PIN), tls.get(ServerTlsKeys.INSECURE))
                        .filter(given -> given)
                        .count()
                > 1) {
            throw tls.contradiction(
                    name(ServerTlsKeys.CA) + ", " + name(ServerTlsKeys.PIN) + " and " + name(ServerTlsKeys.INSECURE)
                            + " exclude each other: give one of them",
                    ServerTlsKeys.CA,
                    ServerTlsKeys.PIN);
        }
        if (base.mode() == ServerTls.Mode.OFF && !schemeAsksForTls) {
            checkUnused();
            return ServerTlsSettings.NONE;
        }
        Optional<ServerTls.Data> data = tls.one(ServerTlsKeys.DATA);
        ServerTls use = new ServerTls(
                base.mode(),
                base.implicit(),
                data.orElse(base.data()),
                !tls.get(ServerTlsKeys.LENIENT_END),
                tls.one(ServerTlsKeys.NAME),
                "");
        return new ServerTlsSettings(
                use,
                data,
                Optional.of(new ServerLeg(
                        trust(),
                        certificate.map(file -> new PemPair(file, key.orElseThrow())),
                        engine,
                        tls.one(ServerTlsKeys.MAX_VERSION))));
    }

    /** Where there is one server, its scheme is that of all. */
    private ServerTls base() {
        Optional<ServerTls.Mode> mode = tls.one(ServerTlsKeys.MODE);
        for (Upstream server : servers) {
            if (server.scheme().isPresent()
                    && mode.isPresent()
                    && mode.get() != server.scheme().get().tls().mode()) {
                throw tls.contradiction(
                        name(ServerTlsKeys.MODE) + ' ' + Choices.name(mode.get()) + " contradicts " + upstream() + ' '
                                + Choices.name(server.scheme().get()) + "://",
                        ServerTlsKeys.MODE);
            }
        }
        Set<Optional<Upstream.Scheme>> schemes =
                servers.stream().map(Upstream::scheme).collect(Collectors.toSet());
        if (schemes.size() == 1 && servers.get(0).scheme().isPresent()) {
            return servers.get(0).scheme().get().tls();
        }
        return mode.filter(value -> value != ServerTls.Mode.OFF)
                .map(ServerTls::explicit)
                .orElse(ServerTls.OFF);
    }

    private TrustChoice trust() {
        List<PublicKeyPin> pins = tls.all(ServerTlsKeys.PIN);
        return tls.get(ServerTlsKeys.INSECURE)
                ? new TrustChoice.Anyone()
                : !pins.isEmpty()
                        ? new TrustChoice.Pins(Set.copyOf(pins))
                        : tls.one(ServerTlsKeys.CA)
                                .<TrustChoice>map(TrustChoice.CaFile::new)
                                .orElseGet(TrustChoice.JdkCas::new);
    }

    private void checkUnused() {
        Stream.of(
                        ServerTlsKeys.DATA,
                        ServerTlsKeys.CA,
                        ServerTlsKeys.PIN,
                        ServerTlsKeys.INSECURE,
                        ServerTlsKeys.NAME,
                        ServerTlsKeys.CERT,
                        ServerTlsKeys.LENIENT_END,
                        ServerTlsKeys.MAX_VERSION)
                .filter(this::isSet)
                .findFirst()
                .ifPresent(unused -> {
                    throw tls.contradiction(
                            name(unused) + " needs TLS with the server: give " + name(ServerTlsKeys.MODE) + ", or "
                                    + upstream() + " ftpes://HOST or ftps://HOST",
                            unused);
                });
    }

    /** A flag that is false is as good as none. */
    private boolean isSet(Key<?> key) {
        return tls.one(key).filter(value -> !value.equals(false)).isPresent();
    }

    private RuntimeException needs(Entry given, Entry other) {
        return tls.contradiction(name(given) + " needs " + name(other), given);
    }

    private String name(Entry entry) {
        return tls.names().of(TLS, entry);
    }

    private String upstream() {
        return tls.names().of(ListenerKeys.UPSTREAM);
    }
}
