package io.ftpalg.control.tls;

import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLSession;

/** TLS of one data connection, as its session has it. Made for one transfer, on the session's loop. */
final class DataTls implements LegTls {
    private final boolean strictEnd;
    private final Function<ByteBufAllocator, SslHandler> handlers;
    private final BiFunction<SSLSession, ResumptionWatch, Optional<TlsFailure>> judge;
    private final Duration timeout;
    private final ResumptionWatch watch;

    /**
     * Makes it.
     *
     * @param client whether the gateway is the TLS client, as it is to the server, whichever side connected (RFC 4217 section 7)
     * @param judge returns why a finished handshake is not accepted, if so
     */
    DataTls(
            boolean strictEnd,
            boolean client,
            Function<ByteBufAllocator, SslHandler> handlers,
            BiFunction<SSLSession, ResumptionWatch, Optional<TlsFailure>> judge,
            Duration timeout) {
        this.strictEnd = strictEnd;
        this.handlers = handlers;
        this.judge = judge;
        this.timeout = timeout;
        this.watch = new ResumptionWatch(client);
    }

    @Override
    public SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = handlers.apply(allocator);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }

    @Override
    public Optional<ChannelHandler> observer() {
        return Optional.of(watch);
    }

    @Override
    public Optional<TlsFailure> refusal(SslHandler handshaken) {
        return judge.apply(handshaken.engine().getSession(), watch);
    }

    @Override
    public boolean strictEnd() {
        return strictEnd;
    }
}
