package io.ftpalg.data.tls;

import io.ftpalg.policy.tls.TlsFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** TLS on one leg of a relay. Made for one transfer by the session's owner, used once by the relay, on the session's loop. */
public interface LegTls {

    /** Makes the handler: in the role of this leg, not started, its handshake timeout set. */
    SslHandler handler(ByteBufAllocator allocator);

    /** Returns what is to see the bytes of the handshake, below the handler, if anything. */
    default Optional<ChannelHandler> observer() {
        return Optional.empty();
    }

    /** Judges the handshake that this handler has done; returns why the relay must not use the connection, if so. */
    Optional<TlsFailure> refusal(SslHandler handshaken);

    /** Returns whether an end without close_notify counts as cut; if not, FIN alone is an end in order. */
    boolean strictEnd();
}
