package io.ftpalg.data;

import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One way to have TLS on the legs of a relay, and peers from the JDK for it. */
public record Tls(SslProvider engine, String version) {
    private static final X509Bundle CERTIFICATE = certificate();
    private static final SSLContext PEERS = peers();

    /** Every engine that is there, with every version. */
    public static List<Tls> available() {
        return engines().stream()
                .flatMap(engine -> List.of("TLSv1.2", "TLSv1.3").stream().map(version -> new Tls(engine, version)))
                .toList();
    }

    private static List<SslProvider> engines() {
        return Arrays.stream(new SslProvider[] {SslProvider.JDK, SslProvider.OPENSSL})
                .filter(engine -> engine == SslProvider.JDK || OpenSsl.isAvailable())
                .toList();
    }

    /** TLS as the leg towards this side has it; tasks of the handshake run in the executor. */
    public Leg leg(Side side, Executor tasks) {
        SslContext context = context(side);
        return new Leg(allocator -> context.newHandler(allocator, tasks));
    }

    public Leg leg(Side side) {
        SslContext context = context(side);
        return new Leg(context::newHandler);
    }

    private SslContext context(Side side) {
        try {
            SslContextBuilder builder = side == Side.CLIENT
                    ? SslContextBuilder.forServer(CERTIFICATE.toKeyManagerFactory())
                    : SslContextBuilder.forClient()
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .endpointIdentificationAlgorithm(null);
            return builder.sslProvider(engine).protocols(version).build();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Makes the peer of the leg towards a side. */
    public static SSLSocket peer(Side side, DataFixture.Wire wire) throws IOException {
        SSLSocket peer = (SSLSocket) PEERS.getSocketFactory().createSocket(wire.peer(), "localhost", 1, false);
        peer.setUseClientMode(side == Side.CLIENT);
        return peer;
    }

    private static X509Bundle certificate() {
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext peers() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    CERTIFICATE.toKeyManagerFactory().getKeyManagers(),
                    InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
                    null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return engine + " " + version;
    }

    /** TLS of one leg, with the knobs that tests turn. */
    public record Leg(
            Function<ByteBufAllocator, SslHandler> made,
            long timeoutMillis,
            Optional<TlsFailure> refused,
            boolean strictEnd)
            implements LegTls {

        public Leg(Function<ByteBufAllocator, SslHandler> made) {
            this(made, 8_000, Optional.empty(), true);
        }

        public Leg timeout(long millis) {
            return new Leg(made, millis, refused, strictEnd);
        }

        public Leg refusing(String reason) {
            return new Leg(made, timeoutMillis, Optional.of(TlsFailure.other(reason)), strictEnd);
        }

        public Leg lenient() {
            return new Leg(made, timeoutMillis, refused, false);
        }

        @Override
        public SslHandler handler(ByteBufAllocator allocator) {
            SslHandler handler = made.apply(allocator);
            handler.setHandshakeTimeoutMillis(timeoutMillis);
            return handler;
        }

        @Override
        public Optional<TlsFailure> refusal(SslHandler handshaken) {
            return refused;
        }
    }
}
