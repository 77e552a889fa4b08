package io.ftpalg.data.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import org.jspecify.annotations.Nullable;

/**
 * Holds the session tickets of a TLS 1.3 server back (RFC 8446 section 4.6.1) until the client, which only sends, has sent its
 * end. Stands between the socket and the SslHandler; part of one pipeline.
 *
 * <p>A client that only sends may have closed its socket when tickets come, with much of its upload still in its kernel: it
 * answers them with RST and drops the rest. Every engine sends them behind the handshake, unasked (openssl/openssl#7948).
 *
 * <p>What is held is what begins with an encrypted record, once the client has sent one. Only then is the server's part of the
 * handshake over in TLS 1.3; in TLS 1.2 a server that receives sends no such record at all.
 */
final class DeferredSessionTickets extends ChannelDuplexHandler {
    private enum State {
        HANDSHAKE,
        HOLDING,
        RELEASED
    }

    private static final int ENCRYPTED = 23;
    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;

    private int headerBytes;
    private int body;
    private State state = State.HANDSHAKE;
    private @Nullable PendingWriteQueue held;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (state == State.HANDSHAKE && msg instanceof ByteBuf bytes) {
            look(bytes);
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (held == null
                && state == State.HOLDING
                && msg instanceof ByteBuf bytes
                && bytes.isReadable()
                && bytes.getUnsignedByte(bytes.readerIndex()) == ENCRYPTED) {
            held = new PendingWriteQueue(ctx);
        }
        if (held == null) {
            ctx.write(msg, promise);
        } else {
            // Behind the first all is: records are numbered.
            held.add(msg, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        release();
        ctx.flush();
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    /** The client has sent its end, and reads now if it is still there: what is written next leaves behind what was held. */
    void release() {
        state = State.RELEASED;
        PendingWriteQueue writes = held;
        held = null;
        if (writes != null) {
            writes.removeAndWriteAll();
        }
    }

    /** Reads the headers of records, however they are cut. */
    private void look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && state == State.HANDSHAKE) {
            if (headerBytes == HEADER) {
                int step = Math.min(body, bytes.writerIndex() - at);
                body -= step;
                at += step;
            } else {
                lookAtHeader(bytes.getUnsignedByte(at++));
            }
            if (headerBytes == HEADER && body == 0) {
                headerBytes = 0;
            }
        }
    }

    private void lookAtHeader(int octet) {
        if (headerBytes == 0 && octet == ENCRYPTED) {
            state = State.HOLDING;
        } else if (headerBytes >= LENGTH_AT) {
            body = body << Byte.SIZE | octet;
        }
        headerBytes++;
    }
}
