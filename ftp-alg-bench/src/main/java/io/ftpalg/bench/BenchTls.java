package io.ftpalg.bench;

import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** TLS 1.3 with AES-128-GCM by one engine, in both roles, for legs and peers; its certificate is not checked. */
record BenchTls(SslContext server, SslContext client) {
    private static final String CIPHER = "TLS_AES_128_GCM_SHA256";
    private static final long PATIENCE_SECONDS = 30;

    static BenchTls of(SslProvider engine) {
        try {
            X509Bundle certificate = new CertificateBuilder()
                    .subject("CN=localhost")
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new BenchTls(
                    made(SslContextBuilder.forServer(certificate.toKeyManagerFactory()), engine),
                    made(
                            SslContextBuilder.forClient()
                                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                    .endpointIdentificationAlgorithm(null),
                            engine));
        } catch (Exception e) {
            throw new IllegalStateException("no TLS by " + engine, e);
        }
    }

    private static SslContext made(SslContextBuilder builder, SslProvider engine) throws Exception {
        return builder.sslProvider(engine)
                .protocols("TLSv1.3")
                .ciphers(List.of(CIPHER))
                .build();
    }

    /** Returns TLS of a leg whose peer is a client. */
    LegTls towardsClient() {
        return new Leg(server);
    }

    /** Returns TLS of a leg whose peer is a server. */
    LegTls towardsServer() {
        return new Leg(client);
    }

    /** TLS of one leg, for any peer. */
    private record Leg(SslContext context) implements LegTls {
        @Override
        public SslHandler handler(ByteBufAllocator allocator) {
            SslHandler handler = context.newHandler(allocator);
            handler.setHandshakeTimeoutMillis(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            return handler;
        }

        @Override
        public Optional<TlsFailure> refusal(SslHandler handshaken) {
            return Optional.empty();
        }

        @Override
        public boolean strictEnd() {
            return true;
        }
    }
}
