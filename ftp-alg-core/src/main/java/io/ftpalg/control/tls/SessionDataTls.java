package io.ftpalg.control.tls;

import static io.ftpalg.control.tls.SslSessions.certificate;
import static io.ftpalg.control.tls.SslSessions.details;

import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the data connections of one session: in the contexts of its control connections, and what a data connection must have
 * to belong to them. Owned by {@link ControlTls}, on the session's loop.
 *
 * <p>Towards the server every handshake carries the same port, which no other session has: it is the key under which a TLS
 * client finds the session to resume, and many servers take a data connection only if it resumes the session of its own
 * control connection.
 */
final class SessionDataTls {
    private final FtpSession session;
    private final SessionSettings settings;
    private final Executor handshakes;
    private final int portHint;
    private @Nullable SslContext clientContext;
    private @Nullable ServerTlsTarget server;
    private @Nullable SSLSession serverSession;

    /** A server under TLS: how, by which name, in which context. */
    private record ServerTlsTarget(ServerTls tls, String name, SslContext context) {}

    /**
     * Makes it; no control connection is under TLS yet.
     *
     * @param handshakes computes handshakes, off the loop
     * @param id unique among the sessions of the gateway
     */
    SessionDataTls(FtpSession session, SessionSettings settings, Executor handshakes, long id) {
        this.session = session;
        this.settings = settings;
        this.handshakes = handshakes;
        this.portHint = (int) (id % Integer.MAX_VALUE) + 1;
    }

    /** The client's control connection is brought under TLS in this context. */
    void onClientContext(SslContext context) {
        clientContext = context;
    }

    /** Returns what brings the server's control connection under TLS; its data connections will be as this one. */
    SslHandler serverHandler(ServerTls tls, String name, SslContext context, ByteBufAllocator allocator) {
        server = new ServerTlsTarget(tls, name, context);
        return handler(server, allocator);
    }

    /** The server's control connection is under TLS. */
    void onServerSession(SSLSession made) {
        serverSession = made;
    }

    /** The server is another one from now on: what it might have resumed is of no use to any other session. */
    void forgetServer() {
        if (serverSession != null) {
            serverSession.invalidate();
        }
        server = null;
        serverSession = null;
    }

    /** Returns the TLS of the next data connection with this side, whose control connection has been under TLS. */
    LegTls leg(Side side) {
        return side == Side.SERVER ? serverLeg(Objects.requireNonNull(server)) : clientLeg();
    }

    private LegTls serverLeg(ServerTlsTarget target) {
        return new DataTls(
                target.tls().strictEnd(), true, allocator -> handler(target, allocator), this::judgeServer, timeout());
    }

    private SslHandler handler(ServerTlsTarget target, ByteBufAllocator allocator) {
        return target.context().newHandler(allocator, target.name(), portHint, handshakes);
    }

    private LegTls clientLeg() {
        SslContext context = Objects.requireNonNull(clientContext);
        return new DataTls(
                settings.clientTls().strictEnd(),
                false,
                allocator -> context.newHandler(allocator, handshakes),
                this::judgeClient,
                timeout());
    }

    private Duration timeout() {
        return settings.limits().tlsHandshakeTimeout();
    }

    /** Its data connections must be the same server's (RFC 4217 section 15.1). */
    private Optional<TlsFailure> judgeServer(SSLSession made, ResumptionWatch watch) {
        session.tls().onDataSecured(Side.SERVER, details(made, watch, Optional.empty()));
        boolean same = serverSession != null && certificate(made).equals(certificate(serverSession));
        return same
                ? Optional.empty()
                : Optional.of(new TlsFailure(
                        TlsFailure.Kind.CERTIFICATE,
                        "the data connection has another certificate than the control connection"));
    }

    private Optional<TlsFailure> judgeClient(SSLSession made, ResumptionWatch watch) {
        session.tls().onDataSecured(Side.CLIENT, details(made, watch, Optional.empty()));
        boolean fit = !settings.clientTls().dataReuse() || watch.resumed().orElse(false);
        return fit
                ? Optional.empty()
                : Optional.of(new TlsFailure(
                        TlsFailure.Kind.NOT_RESUMED,
                        "the data connection does not resume the TLS session of the control connection"));
    }
}
