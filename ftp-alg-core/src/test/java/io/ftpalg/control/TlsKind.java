package io.ftpalg.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** How the gateway has TLS in a test: its engine and the one version it speaks. The test's own ends are always the JDK's. */
public record TlsKind(SslProvider engine, String version) {
    /** The name in the certificates that is no address. */
    public static final String NAME = "ftp.example.org";

    static final X509Bundle CA =
            build(new CertificateBuilder().subject("CN=test CA").setIsCertificateAuthority(true), null);
    public static final X509Bundle LEAF = leaf("CN=leaf");
    public static final X509Bundle OTHER_LEAF = leaf("CN=other leaf");
    public static final X509Bundle CLIENT = leaf("CN=client");
    /** Issued by nobody that is trusted. */
    static final X509Bundle STRANGER = build(
            named(new CertificateBuilder().subject("CN=stranger")),
            build(new CertificateBuilder().subject("CN=other CA").setIsCertificateAuthority(true), null));

    public static List<TlsKind> all() {
        return List.of(
                new TlsKind(SslProvider.JDK, "TLSv1.2"),
                new TlsKind(SslProvider.JDK, "TLSv1.3"),
                new TlsKind(SslProvider.OPENSSL, "TLSv1.2"),
                new TlsKind(SslProvider.OPENSSL, "TLSv1.3"));
    }

    public static TlsKind jdk() {
        return new TlsKind(SslProvider.JDK, "TLSv1.3");
    }

    private static X509Bundle leaf(String subject) {
        return build(named(new CertificateBuilder().subject(subject)), CA);
    }

    private static CertificateBuilder named(CertificateBuilder builder) {
        return builder.addSanDnsName(NAME).addSanIpAddress("127.0.0.1");
    }

    private static X509Bundle build(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            builder.ecp256();
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the gateway's context as the server of clients. */
    public SslContext forClients() {
        assumeLoads();
        try {
            return SslContextBuilder.forServer(LEAF.toKeyManagerFactory())
                    .sslProvider(engine)
                    .protocols(version)
                    .trustManager(CA.getCertificate())
                    .build();
        } catch (GeneralSecurityException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the gateway's context as the client of servers. */
    public SslContext forServers() {
        assumeLoads();
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(engine)
                    .protocols(version)
                    .trustManager(CA.getCertificate())
                    .build();
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns TLS for both sides of a gateway. */
    GatewayTls gateway(Executor handshakes) {
        return new GatewayTls(
                Optional.of(ClientTlsContexts.of(forClients())),
                Optional.of(ServerTlsContexts.of(forServers())),
                handshakes);
    }

    private void assumeLoads() {
        assumeTrue(
                engine == SslProvider.JDK || OpenSsl.isAvailable(),
                () -> "OpenSSL does not load here: " + OpenSsl.unavailabilityCause());
    }

    /** Returns a context for the test's own ends, which shows this certificate if it is asked for one. */
    public static SSLContext peers(X509Bundle shows) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = shows.toKeyManagerFactory().getKeyManagers();
            context.init(keys, new TrustManager[] {CA.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts a client under TLS. */
    static Peer client(Peer clear) throws IOException {
        return client(clear, peers(CLIENT), parameters -> {});
    }

    static Peer client(Peer clear, SSLContext context, Consumer<SSLParameters> tuned) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(clear.socket, NAME, 21, true);
        SSLParameters parameters = socket.getSSLParameters();
        tuned.accept(parameters);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Peer(socket);
    }

    /** Puts a server under TLS; its handshake runs when it is first heard or talks. */
    public static Peer server(Peer clear, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(clear.socket, "gateway", 21, true);
        socket.setUseClientMode(false);
        return new Peer(socket);
    }
}
