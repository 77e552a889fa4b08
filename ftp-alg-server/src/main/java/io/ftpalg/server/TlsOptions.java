package io.ftpalg.server;

import io.ftpalg.policy.AuthMode;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.CredentialSource;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.CredentialSource.Pkcs12;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TlsProfile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for TLS with clients. Filled by picocli. */
final class TlsOptions {
    private static final String GIVE_ONE =
            "give --tls-cert and --tls-key, --tls-keystore, --tls-self-signed, or --tls-ca-cert and --tls-ca-key";

    @Option(names = "--tls", paramLabel = "USE", description = "off, optional (default with a certificate), required,"
            + " required-for-login (of all but anonymous users)")
    private Optional<TlsUse> use = Optional.empty();

    @Option(names = "--data-tls", paramLabel = "USE",
            description = "the same for data connections: off, optional (default), required, required-for-login")
    private Optional<TlsUse> dataUse = Optional.empty();

    @Option(names = "--implicit-tls-listen", paramLabel = "HOST:PORT",
            description = "where TLS begins with the connection, port 990 by custom; may be repeated")
    private List<InetSocketAddress> implicitListen = new ArrayList<>();

    @Option(names = "--tls-cert", paramLabel = "FILE",
            description = "certificate and chain (PEM), read again when it changes; may be repeated, with its key, and is"
                    + " then chosen by the name that clients ask for (SNI)")
    private List<Path> certificates = new ArrayList<>();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its key (PEM)")
    private List<Path> keys = new ArrayList<>();

    @Option(names = "--tls-keystore", paramLabel = "FILE", description = "certificates and keys (PKCS#12)")
    private Optional<Path> keystore = Optional.empty();

    @Option(names = "--tls-keystore-password-file", paramLabel = "FILE", description = "its password, the first line")
    private Optional<Path> keystorePassword = Optional.empty();

    @Option(names = "--tls-self-signed", description = "a certificate made at start, to try things out")
    private boolean selfSigned;

    @Option(names = "--tls-ca-cert", paramLabel = "FILE",
            description = "a CA (PEM) that signs a certificate for each name that clients ask for")
    private Optional<Path> caCertificate = Optional.empty();

    @Option(names = "--tls-ca-key", paramLabel = "FILE", description = "its key (PEM)")
    private Optional<Path> caKey = Optional.empty();

    @Option(names = "--tls-client-auth", paramLabel = "AUTH",
            description = "certificates of clients: none (default), optional, required")
    private Values.CertificateUse clientAuth = Values.CertificateUse.NONE;

    @Option(names = "--tls-client-ca", paramLabel = "FILE", description = "who vouches for clients (PEM)")
    private Optional<Path> clientCa = Optional.empty();

    @Option(names = "--auth-mode", paramLabel = "MODE", description = "what becomes of AUTH: terminate (TLS ends here),"
            + " deny, passthrough (TLS with the server; data connections are not handled)")
    private Optional<AuthMode> authMode = Optional.empty();

    @Option(names = "--allow-ccc", description = "let clients end TLS on the control connection after the login")
    private boolean allowCcc;

    @Option(names = "--tls-lenient-end",
            description = "accept uploads that end without close_notify")
    private boolean lenientEnd;

    @Option(names = "--tls-require-data-reuse",
            description = "refuse a data connection that does not resume its session's TLS (522); uses the JDK's engine")
    private boolean requireDataReuse;

    @Option(names = "--tls-engine", paramLabel = "ENGINE", description = "auto (default), openssl, jdk")
    private TlsEngine engine = TlsEngine.AUTO;

    @Option(names = "--tls-profile", paramLabel = "PROFILE",
            description = "modern (TLS 1.3), intermediate (1.2 too, the default), as Mozilla has them")
    private TlsProfile profile = TlsProfile.INTERMEDIATE;

    TlsEngine engine() {
        return engine;
    }

    boolean hasImplicitListener() {
        return !implicitListen.isEmpty();
    }

    /**
     * Returns what the options come to.
     *
     * @param listen where clients connect
     * @param route where sessions go, which is what a certificate is made for
     */
    ClientTlsSettings settings(CommandSpec spec, List<InetSocketAddress> listen, RouteChoice route) {
        Optional<CertificateChoice> choice = choice(spec, listen, route);
        AuthMode auth = authMode.orElse(AuthMode.TERMINATE);
        if (choice.isEmpty()) {
            checkNothingNeedsACertificate(spec);
            return authMode.isEmpty() ? ClientTlsSettings.NONE
                    : new ClientTlsSettings(ClientTls.NONE, Optional.of(auth), Optional.empty(), List.of());
        }
        checkWithCertificate(spec, auth);
        TlsUse control = use.orElse(TlsUse.OPTIONAL);
        ClientTls tls = control == TlsUse.OFF ? ClientTls.NONE
                : new ClientTls(control, dataUse.orElse(TlsUse.OPTIONAL), auth, false, allowCcc, requireDataReuse,
                        !lenientEnd);
        Optional<ClientLeg> leg = control == TlsUse.OFF ? Optional.empty()
                : Optional.of(new ClientLeg(choice.get(), engine, profile, clientAuth.netty(), clientCa, requireDataReuse));
        return new ClientTlsSettings(tls, Optional.empty(), leg, implicitListen);
    }

    private Optional<CertificateChoice> choice(CommandSpec spec, List<InetSocketAddress> listen, RouteChoice route) {
        if (certificates.size() != keys.size()) {
            throw error(spec, certificates.size() > keys.size() ? "--tls-cert '" + certificates.get(keys.size())
                    + "': has no key: give --tls-key for each --tls-cert" : "--tls-key '" + keys.get(certificates.size())
                    + "': has no certificate: give --tls-cert for each --tls-key");
        }
        if (caCertificate.isPresent() != caKey.isPresent()) {
            throw error(spec, caKey.isPresent() ? "--tls-ca-key needs --tls-ca-cert" : "--tls-ca-cert needs --tls-ca-key");
        }
        if (keystorePassword.isPresent() && keystore.isEmpty()) {
            throw error(spec, "--tls-keystore-password-file needs --tls-keystore");
        }
        boolean stored = !certificates.isEmpty() || keystore.isPresent();
        if (Stream.of(stored, selfSigned, caCertificate.isPresent()).filter(given -> given).count() > 1) {
            throw error(spec, "certificates of files, --tls-self-signed and --tls-ca-cert exclude each other: give one of them");
        }
        return stored ? Optional.of(stored()) : selfSigned
                ? Optional.of(new CertificateChoice.SelfSigned(OwnNames.of(allListeners(listen))))
                : caCertificate.map(ca -> new CertificateChoice.Minted(new PemPair(ca, caKey.orElseThrow()),
                        route instanceof RouteChoice.Reverse reverse
                                ? reverse.servers().get(0).server().map(HostPort::host) : Optional.empty()));
    }

    private CertificateChoice stored() {
        Stream<CredentialSource> pairs =
                IntStream.range(0, keys.size()).mapToObj(i -> new PemPair(certificates.get(i), keys.get(i)));
        return new CertificateChoice.Stored(Stream.concat(pairs,
                keystore.map(file -> new Pkcs12(file, keystorePassword)).stream()).toList());
    }

    private List<InetSocketAddress> allListeners(List<InetSocketAddress> listen) {
        return Stream.concat(listen.stream(), implicitListen.stream()).toList();
    }

    private void checkNothingNeedsACertificate(CommandSpec spec) {
        String needy = !implicitListen.isEmpty() ? "--implicit-tls-listen"
                : use.filter(wish -> wish != TlsUse.OFF).isPresent() ? "--tls " + Values.name(use.get())
                : dataUse.filter(wish -> wish != TlsUse.OFF).isPresent() ? "--data-tls " + Values.name(dataUse.get())
                : authMode.filter(mode -> mode == AuthMode.TERMINATE).isPresent() ? "--auth-mode terminate"
                : clientAuth != Values.CertificateUse.NONE || clientCa.isPresent() ? "certificates of clients"
                : allowCcc ? "--allow-ccc" : requireDataReuse ? "--tls-require-data-reuse"
                : lenientEnd ? "--tls-lenient-end" : "";
        if (!needy.isEmpty()) {
            throw error(spec, needy + " needs a certificate: " + GIVE_ONE);
        }
    }

    private void checkWithCertificate(CommandSpec spec, AuthMode auth) {
        if (auth == AuthMode.PASSTHROUGH || auth == AuthMode.DENY && implicitListen.isEmpty()) {
            throw error(spec, "--auth-mode " + Values.name(auth) + " has no use for a certificate: TLS does not end here");
        }
        if (use.filter(wish -> wish == TlsUse.OFF).isPresent()
                && (!implicitListen.isEmpty() || dataUse.filter(wish -> wish != TlsUse.OFF).isPresent())) {
            throw error(spec, "--tls off excludes " + (implicitListen.isEmpty() ? "--data-tls" : "--implicit-tls-listen"));
        }
        if (clientCa.isPresent() && clientAuth == Values.CertificateUse.NONE) {
            throw error(spec, "--tls-client-ca needs --tls-client-auth optional or required");
        }
        if (requireDataReuse && engine == TlsEngine.OPENSSL) {
            throw error(spec, "--tls-require-data-reuse uses the JDK's engine: leave out --tls-engine openssl");
        }
    }

    private static ParameterException error(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
