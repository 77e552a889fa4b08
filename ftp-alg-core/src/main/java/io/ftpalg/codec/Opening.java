package io.ftpalg.codec;

import io.netty.buffer.ByteBuf;

/** What the first bytes of a client are, if they are no line. */
enum Opening {
    /** Undecided: more bytes are needed. */
    UNDECIDED,
    /** Lines, as far as the first bytes show. */
    LINES,
    /** A TLS handshake record (RFC 8446 section 5.1). */
    TLS,
    /** The signature of version 2 of HAProxy's PROXY protocol. */
    PROXY;

    private static final byte[] TLS_HANDSHAKE = {0x16, 0x03};
    private static final byte[] PROXY_SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    /** Inspects the first bytes of a connection, without reading them. */
    static Opening of(ByteBuf in) {
        int tls = common(in, TLS_HANDSHAKE);
        int proxy = common(in, PROXY_SIGNATURE);
        if (tls == TLS_HANDSHAKE.length) {
            return TLS;
        }
        if (proxy == PROXY_SIGNATURE.length) {
            return PROXY;
        }
        return Math.max(tls, proxy) == in.readableBytes() ? UNDECIDED : LINES;
    }

    private static int common(ByteBuf in, byte[] signature) {
        int most = Math.min(in.readableBytes(), signature.length);
        int same = 0;
        while (same < most && in.getByte(in.readerIndex() + same) == signature[same]) {
            same++;
        }
        return same;
    }
}
