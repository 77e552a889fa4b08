package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.ChainTrust;
import io.ftpalg.server.tls.trust.NoTrust;
import io.ftpalg.server.tls.trust.PinTrust;
import io.ftpalg.server.tls.trust.ServerTrust;
import io.ftpalg.server.tls.trust.TrustChoice;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What TLS with servers is to be.
 *
 * @param trust how their certificates are checked
 * @param credential the certificate that they are shown if they ask for one
 * @param engine what does the work
 * @param newest the newest version; if absent, what resumes on this engine as often as servers want it
 */
public record ServerLeg(
        TrustChoice trust,
        Optional<CredentialSource.PemPair> credential,
        TlsEngine engine,
        Optional<TlsVersion> newest) {

    private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";

    /** A version of TLS. */
    public enum TlsVersion {
        TLS_1_2,
        TLS_1_3
    }

    /** Returns a leg with this trust, all else as it is without options. */
    public static ServerLeg of(TrustChoice trust) {
        return new ServerLeg(trust, Optional.empty(), TlsEngine.AUTO, Optional.empty());
    }

    /** Reads the files and returns the contexts: one for all servers, so that sessions with a server can be resumed. */
    public ServerTlsContexts contexts() throws TlsConfigException {
        Optional<String> missing = engine.missing();
        if (missing.isPresent()) {
            throw new TlsConfigException("TLS engine openssl is not available here: " + missing.get());
        }
        SslContext context = context();
        return ServerTlsContexts.of(context);
    }

    /** Returns the versions that are offered. */
    List<String> protocols() {
        // Both engines use a ticket of TLS 1.3 once, and servers give too few new ones: after some transfers those that
        // demand
        // the control connection's session refuse data connections (measured with vsftpd and ProFTPD).
        TlsVersion most = newest.orElse(TlsVersion.TLS_1_2);
        return most == TlsVersion.TLS_1_2 ? List.of("TLSv1.2") : List.of("TLSv1.3", "TLSv1.2");
    }

    /**
     * Lets the JDK's engine resume by session id. It throws away tickets whose lifetime is over a week (RFC 8446 section
     * 4.6.1), such as vsftpd's, and then resumes nothing. Read with each context; who sets the property has their way.
     */
    private static void resumeBySessionId() {
        if (System.getProperty(TICKETS) == null) {
            System.setProperty(TICKETS, "false");
        }
    }

    private SslContext context() throws TlsConfigException {
        if (engine.resolved() == TlsEngine.JDK) {
            resumeBySessionId();
        }
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(engine.provider())
                .protocols(protocols())
                .trustManager(decider());
        if (!trust.checksNames()) {
            withoutNames(builder);
        }
        if (credential.isPresent()) {
            Credential own = credential.get().load().get(0);
            builder.keyManager(own.key(), own.chainArray());
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw TlsConfigException.of("TLS with servers", "cannot be used with engine " + engine.resolved(), e);
        }
    }

    private ServerTrust decider() throws TlsConfigException {
        if (trust instanceof TrustChoice.CaFile ca) {
            return new ChainTrust(PemFiles.certificates(ca.file()));
        }
        return trust instanceof TrustChoice.Pins pinned
                ? new PinTrust(pinned.pins())
                : trust instanceof TrustChoice.Anyone ? new NoTrust() : new ChainTrust(List.of());
    }

    /** Netty checks names unless the algorithm is null. */
    @SuppressWarnings("NullAway")
    private static void withoutNames(SslContextBuilder builder) {
        builder.endpointIdentificationAlgorithm(null);
    }
}
