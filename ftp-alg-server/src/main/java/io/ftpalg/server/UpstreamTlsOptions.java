package io.ftpalg.server;

import io.ftpalg.policy.ServerTls;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.PublicKeyPin;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TrustChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for TLS with servers. Filled by picocli. */
final class UpstreamTlsOptions {
    @Option(names = "--upstream-tls", paramLabel = "MODE",
            description = "off (default), auto (if the server can), required, mirror (as the client does)")
    private Optional<ServerTls.Mode> mode = Optional.empty();

    @Option(names = "--upstream-data-tls", paramLabel = "MODE", description = "data connections under TLS: private, mirror"
            + " (as the client's; default with --upstream-tls mirror), clear; default private")
    private Optional<ServerTls.Data> data = Optional.empty();

    @Option(names = "--upstream-ca", paramLabel = "FILE",
            description = "who vouches for servers (PEM); the JDK's CAs if left out")
    private Optional<Path> ca = Optional.empty();

    @Option(names = "--upstream-pin", paramLabel = "SHA256",
            description = "the server's public key, by its digest in base64 or hex, in place of a CA; may be repeated")
    private List<PublicKeyPin> pins = new ArrayList<>();

    @Option(names = "--upstream-insecure", description = "take any certificate of a server, to try things out")
    private boolean insecure;

    @Option(names = "--upstream-tls-name", paramLabel = "NAME",
            description = "the name that the server's certificate must have, if not that of --upstream")
    private Optional<String> name = Optional.empty();

    @Option(names = "--upstream-cert", paramLabel = "FILE",
            description = "the gateway's certificate for servers that ask for one (PEM)")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--upstream-key", paramLabel = "FILE", description = "its key (PEM)")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--upstream-lenient-end",
            description = "take the end of a connection for the end of a file, from servers that end TLS without close_notify")
    private boolean lenientEnd;

    @Option(names = "--upstream-tls-max", paramLabel = "VERSION", converter = Values.TlsVersionText.class,
            description = "1.2 (default) or 1.3, which resumes too seldom for servers that demand it")
    private Optional<ServerLeg.TlsVersion> newest = Optional.empty();

    /** Returns what the options, and the schemes of the servers, come to. */
    UpstreamTlsSettings settings(CommandSpec spec, List<Upstream> servers, TlsEngine engine) {
        ServerTls base = base(spec, servers);
        boolean schemeAsksForTls = servers.stream().flatMap(server -> server.scheme().stream())
                .anyMatch(scheme -> scheme.tls().mode() != ServerTls.Mode.OFF);
        if (certificate.isPresent() != key.isPresent()) {
            throw error(spec, key.isPresent() ? "--upstream-key needs --upstream-cert" : "--upstream-cert needs --upstream-key");
        }
        if (Stream.of(ca.isPresent(), !pins.isEmpty(), insecure).filter(given -> given).count() > 1) {
            throw error(spec, "--upstream-ca, --upstream-pin and --upstream-insecure exclude each other: give one of them");
        }
        if (base.mode() == ServerTls.Mode.OFF && !schemeAsksForTls) {
            checkUnused(spec);
            return UpstreamTlsSettings.NONE;
        }
        ServerTls tls = new ServerTls(base.mode(), base.implicit(), data.orElse(base.data()), !lenientEnd, name, "");
        return new UpstreamTlsSettings(tls, data, Optional.of(new ServerLeg(trust(),
                certificate.map(file -> new PemPair(file, key.orElseThrow())), engine, newest)));
    }

    /** Where there is one server, what its scheme says is said of all. */
    private ServerTls base(CommandSpec spec, List<Upstream> servers) {
        for (Upstream server : servers) {
            if (server.scheme().isPresent() && mode.isPresent() && mode.get() != server.scheme().get().tls().mode()) {
                throw error(spec, "--upstream-tls " + Values.name(mode.get()) + " contradicts --upstream "
                        + Values.name(server.scheme().get()) + "://");
            }
        }
        Set<Optional<Upstream.Scheme>> schemes = servers.stream().map(Upstream::scheme).collect(Collectors.toSet());
        if (schemes.size() == 1 && servers.get(0).scheme().isPresent()) {
            return servers.get(0).scheme().get().tls();
        }
        return mode.filter(wish -> wish != ServerTls.Mode.OFF).map(ServerTls::explicit).orElse(ServerTls.OFF);
    }

    private TrustChoice trust() {
        return insecure ? new TrustChoice.Anyone() : !pins.isEmpty() ? new TrustChoice.Pins(Set.copyOf(pins))
                : ca.<TrustChoice>map(TrustChoice.CaFile::new).orElseGet(TrustChoice.JdkCas::new);
    }

    private void checkUnused(CommandSpec spec) {
        String unused = data.isPresent() ? "--upstream-data-tls" : ca.isPresent() ? "--upstream-ca"
                : !pins.isEmpty() ? "--upstream-pin" : insecure ? "--upstream-insecure"
                : name.isPresent() ? "--upstream-tls-name" : certificate.isPresent() ? "--upstream-cert"
                : lenientEnd ? "--upstream-lenient-end" : newest.isPresent() ? "--upstream-tls-max" : "";
        if (!unused.isEmpty()) {
            throw error(spec, unused + " needs TLS with the server: give --upstream-tls, or --upstream ftpes://HOST or ftps://HOST");
        }
    }

    private static ParameterException error(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
