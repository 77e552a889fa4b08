package io.ftpalg.haproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the header of one connection, which arrives in pieces, by Netty's decoder: for connections that are Netty channels and for
 * those that are not. Owned by whoever reads the connection, on one thread; closed when the header is read, or not awaited any more.
 */
public final class ProxyHeaderReader implements AutoCloseable {
    /** The longest header that is read: what the specification asks of a receiver at least. */
    public static final int MAX_BYTES = 536;
    /** The shortest header that there is, "PROXY UNKNOWN" with its line end: so many bytes can be read without any that follow it. */
    public static final int MIN_BYTES = 15;

    private static final int V1_MAX_BYTES = 107;
    /** The decoder adds the addresses of UNIX sockets, the longest, and the part before them. */
    private static final int MAX_TLV_BYTES = MAX_BYTES - 216 - 16;

    private static final byte[] V1_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V2_SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    /** On the heap, without a pool: the decoder does not release what it has read of a header that is broken behind that. */
    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false);

    private final EmbeddedChannel decoder = new EmbeddedChannel(new HAProxyMessageDecoder(MAX_TLV_BYTES));
    private final ByteBuf first = ALLOCATOR.buffer(V2_SIGNATURE.length, V2_SIGNATURE.length);
    private int consumed;

    public ProxyHeaderReader() {
        decoder.config().setAllocator(ALLOCATOR);
    }

    /** What the first bytes of a connection are. */
    public enum Start {
        /** More bytes are needed. */
        UNDECIDED,
        /** They are those of a PROXY header. */
        HEADER,
        /** There is no PROXY header. */
        OTHER
    }

    /** Inspects the first bytes of a connection, without reading them. */
    public static Start start(ByteBuf in) {
        return begins(in, V1_SIGNATURE) || begins(in, V2_SIGNATURE)
                ? in.readableBytes() < V1_SIGNATURE.length || isPartOfV2(in) ? Start.UNDECIDED : Start.HEADER
                : Start.OTHER;
    }

    private static boolean isPartOfV2(ByteBuf in) {
        return in.getByte(in.readerIndex()) == V2_SIGNATURE[0] && in.readableBytes() < V2_SIGNATURE.length;
    }

    private static boolean begins(ByteBuf in, byte[] signature) {
        byte[] first = new byte[Math.min(in.readableBytes(), signature.length)];
        in.getBytes(in.readerIndex(), first);
        return Arrays.equals(first, Arrays.copyOf(signature, first.length));
    }

    /**
     * Reads on; returns the header once it is complete, and leaves the bytes behind it.
     *
     * @throws ProxyHeaderException if it is broken or too long; nothing else may be read then
     */
    public Optional<ProxyHeader> read(ByteBuf in) throws ProxyHeaderException {
        int taken = Math.min(in.readableBytes(), MAX_BYTES - consumed);
        checkStart(in);
        decode(ALLOCATOR.buffer(taken).writeBytes(in, taken));
        HAProxyMessage message = decoder.readInbound();
        if (message == null) {
            consumed += taken;
            if (consumed == MAX_BYTES) {
                throw new ProxyHeaderException("longer than " + MAX_BYTES + " bytes");
            }
            return Optional.empty();
        }
        try {
            int left = left();
            in.readerIndex(in.readerIndex() - left);
            consumed += taken - left;
            if (message.protocolVersion() == HAProxyProtocolVersion.V1 && consumed > V1_MAX_BYTES) {
                throw new ProxyHeaderException("longer than " + V1_MAX_BYTES + " bytes");
            }
            return Optional.of(ProxyHeader.of(message));
        } finally {
            message.release();
        }
    }

    /** The decoder waits for the end of a line, whatever it begins with. */
    private void checkStart(ByteBuf in) throws ProxyHeaderException {
        int more = Math.min(in.readableBytes(), first.writableBytes());
        if (more > 0) {
            in.getBytes(in.readerIndex(), first, more);
            if (start(first) == Start.OTHER) {
                throw new ProxyHeaderException("no header");
            }
        }
    }

    private void decode(ByteBuf bytes) throws ProxyHeaderException {
        try {
            decoder.writeInbound(bytes);
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new ProxyHeaderException(String.valueOf(root.getMessage()));
        }
    }

    /** The decoder passes on what is behind the header. */
    private int left() {
        ByteBuf behind = decoder.readInbound();
        try {
            return behind == null ? 0 : behind.readableBytes();
        } finally {
            ReferenceCountUtil.release(behind);
        }
    }

    @Override
    public void close() {
        decoder.finishAndReleaseAll();
        if (first.refCnt() > 0) {
            first.release();
        }
    }
}
