package io.ftpalg.control.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sees whether a TLS handshake resumes an earlier session. Sits below the TLS handler of one connection, reads the first
 * message of each end, which are never encrypted, and leaves the pipeline; no TLS engine reports this.
 *
 * <p>TLS 1.3: the server's hello selects a pre-shared key (RFC 8446 section 4.2.11). TLS 1.2: it repeats the client's session
 * id (RFC 5246 section 7.4.1.3, RFC 5077 section 3.4).
 */
final class ResumptionWatch extends ChannelDuplexHandler {
    private final FirstHello inbound = new FirstHello();
    private final FirstHello outbound = new FirstHello();
    private final boolean client;
    private Optional<Boolean> resumed = Optional.empty();

    /**
     * Makes a watch.
     *
     * @param client whether this end is the TLS client
     */
    ResumptionWatch(boolean client) {
        this.client = client;
    }

    /** Returns what was seen; nothing if a hello was not there or not understood. */
    Optional<Boolean> resumed() {
        return resumed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        look(ctx, inbound, msg);
        ctx.fireChannelRead(msg);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        look(ctx, outbound, msg);
        ctx.write(msg, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        inbound.release();
        outbound.release();
    }

    private void look(ChannelHandlerContext ctx, FirstHello hello, Object msg) {
        if (!(msg instanceof ByteBuf bytes) || ctx.isRemoved()) {
            return;
        }
        hello.add(bytes);
        FirstHello asked = client ? outbound : inbound;
        FirstHello answered = client ? inbound : outbound;
        if (answered.isWhole() && asked.isWhole()) {
            resumed =
                    Optional.of(answered.selectsTls13() ? answered.selectsPresharedKey() : answered.repeatsIdOf(asked));
            ctx.pipeline().remove(this);
        } else if (answered.isHopeless() || asked.isHopeless()) {
            ctx.pipeline().remove(this);
        }
    }

    /** The first hello of one end, as far as it is there; a HelloRetryRequest counts as none (RFC 8446 section 4.1.4). */
    private static final class FirstHello {
        private static final int LARGEST = 64 << 10;
        private static final int RECORD_HEADER = 5;
        private static final int HANDSHAKE = 22;
        private static final int CHANGE_CIPHER_SPEC = 20;
        private static final int SERVER_HELLO = 2;
        private static final int SUPPORTED_VERSIONS = 43;
        private static final int PRE_SHARED_KEY = 41;
        private static final long RETRY_RANDOM = 0xCF21AD74E59A6111L;

        private ByteBuf records = Unpooled.EMPTY_BUFFER;
        private byte[] sessionId = {};
        private boolean whole;
        private boolean hopeless;
        private boolean tls13;
        private boolean presharedKey;

        boolean isWhole() {
            return whole;
        }

        boolean isHopeless() {
            return hopeless;
        }

        boolean repeatsIdOf(FirstHello other) {
            return sessionId.length > 0 && Arrays.equals(sessionId, other.sessionId);
        }

        boolean selectsTls13() {
            return tls13;
        }

        boolean selectsPresharedKey() {
            return presharedKey;
        }

        void add(ByteBuf bytes) {
            if (whole || hopeless) {
                return;
            }
            if (records.capacity() == 0) {
                records = Unpooled.buffer(512);
            }
            records.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
            hopeless = records.readableBytes() > LARGEST;
            while (!whole && !hopeless && records.readableBytes() >= RECORD_HEADER) {
                int type = records.getUnsignedByte(records.readerIndex());
                if (type != HANDSHAKE && type != CHANGE_CIPHER_SPEC) {
                    hopeless = true;
                    return;
                }
                int length = records.getUnsignedShort(records.readerIndex() + 3);
                if (records.readableBytes() < RECORD_HEADER + length) {
                    return;
                }
                records.skipBytes(RECORD_HEADER);
                read(type, records.readSlice(length));
            }
        }

        private void read(int type, ByteBuf record) {
            if (type == CHANGE_CIPHER_SPEC) {
                return;
            }
            try {
                hopeless = !readHello(record);
            } catch (IndexOutOfBoundsException e) {
                hopeless = true;
            }
        }

        /** Returns whether this is a hello, or may be followed by one. */
        private boolean readHello(ByteBuf in) {
            int type = in.readUnsignedByte();
            if (type != 1 && type != SERVER_HELLO) {
                return false;
            }
            in.skipBytes(3 + 2);
            boolean retry = in.readLong() == RETRY_RANDOM;
            in.skipBytes(24);
            byte[] id = new byte[in.readUnsignedByte()];
            in.readBytes(id);
            sessionId = id;
            if (type == SERVER_HELLO) {
                if (retry) {
                    return true;
                }
                in.skipBytes(3);
                readExtensions(in);
            }
            whole = true;
            return true;
        }

        private void readExtensions(ByteBuf in) {
            if (!in.isReadable()) {
                return;
            }
            ByteBuf extensions = in.readSlice(in.readUnsignedShort());
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                extensions.skipBytes(extensions.readUnsignedShort());
                tls13 |= type == SUPPORTED_VERSIONS;
                presharedKey |= type == PRE_SHARED_KEY;
            }
        }

        void release() {
            records.release();
            records = Unpooled.EMPTY_BUFFER;
        }
    }
}
