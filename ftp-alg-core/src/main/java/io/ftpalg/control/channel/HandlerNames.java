package io.ftpalg.control.channel;

import java.util.List;

/**
 * The names of the handlers of control connections. {@link #TLS}, {@link #DECODER}, {@link #ENCODER} and {@link #SESSION} are part
 * of the API ({@code FtpAlg.accept}); the others may change with any release.
 */
public final class HandlerNames {
    /** Waits for the client's ClientHello, and then gives way to {@link #TLS}. */
    public static final String TLS_HELLO = "tlsHello";
    /** Netty's SslHandler, while the connection is under TLS. */
    public static final String TLS = "tls";
    /** Decodes commands from a client, replies from a server. */
    public static final String DECODER = "decoder";
    /** Encodes replies to a client, commands to a server. */
    public static final String ENCODER = "encoder";
    /** Reports a command line that does not end in time. */
    public static final String LINE_TIMEOUT = "lineTimeout";
    /** Shows what passes to tracers, while the session has one. */
    public static final String TRACE = "trace";
    /** Hands what was decoded to the session; the last. */
    public static final String SESSION = "session";
    /** Decodes the request for a tunnel, where clients begin with another protocol than FTP. */
    public static final String TUNNEL_DECODER = "tunnelDecoder";
    /** Encodes replies to that. */
    public static final String TUNNEL_ENCODER = "tunnelEncoder";
    /** Holds, and passes on, the body of a request. */
    public static final String TUNNEL_BODY = "tunnelBody";
    /** Receives the request for a tunnel; behind it, replies to it with the first reply of the session. */
    public static final String TUNNEL = "tunnel";
    /** Discards what a refused client sends. */
    public static final String DISCARD = "discard";

    /** Those of a client's control connection, in the order of the pipeline; never all at the same time. */
    public static final List<String> OF_CLIENT =
            List.of(TLS_HELLO, TLS, DECODER, ENCODER, LINE_TIMEOUT, TRACE, SESSION, DISCARD);

    private HandlerNames() {}
}
