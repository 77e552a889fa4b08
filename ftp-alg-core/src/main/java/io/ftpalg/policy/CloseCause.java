package io.ftpalg.policy;

/** Who ended a session, and why: the one word for log, metric and audit record. */
public enum CloseCause {
    /** The client sent QUIT and got its reply. */
    QUIT,
    /** The client closed, or reset, the control connection without QUIT. */
    CLIENT_LOST,
    /** The server closed, or reset, the control connection. */
    SERVER_LOST,
    /** The server sent 421, or greeted with a refusal. */
    SERVER_REFUSED,
    /** No server was found or could be connected to, or none greeted in time. */
    SERVER_UNREACHABLE,
    /** The gateway could make no socket towards a server, or keeps the last descriptors for the sessions there are. */
    NO_SOCKET,
    /** The server did not reply to a command, or did not read its commands, in time. */
    SERVER_SILENT,
    /** The server sent what is not FTP. */
    SERVER_NOT_FTP,
    /** The server sent too many unsolicited replies. */
    TOO_MANY_REPLIES,
    /** The router, or the rules for targets, sent the login nowhere. */
    TARGET_DENIED,
    /** Whether the client may use the gateway could not be checked, such as with a directory that is down. */
    USERS_UNAVAILABLE,
    /** The client did not read its replies in time. */
    CLIENT_STALLED,
    /** Control connections held too much memory together, and those of this session more than others. */
    CONTROL_MEMORY,
    /** Nothing happened on the control connection for too long. */
    IDLE,
    /** The login was not done in time. */
    LOGIN_TIMEOUT,
    /** A command line was begun and not ended in time. */
    LINE_TIMEOUT,
    /** Too many commands that are none, or too many over-long lines. */
    TOO_MANY_ERRORS,
    /** Too many failed logins. */
    TOO_MANY_LOGINS,
    /** The client uses another protocol: HTTP, TLS on a port in the clear, or the PROXY protocol; the detail has which. */
    NOT_FTP,
    /** TLS failed on a control connection: its handshake, the server's certificate, or a server that refuses it. */
    TLS_FAILED,
    /** Bytes in the clear came behind AUTH or its reply, as if they were protected (CVE-2011-1575). */
    TLS_INJECTION,
    /** A limit on sessions was reached, or a filter refused a command with 421. */
    SESSION_LIMIT,
    /** The gate that the operator set, such as a maintenance file or a list of networks, refused this client. */
    REFUSED_BY_GATE,
    /** The client is the gateway itself: its route leads back to it. */
    LOOP,
    /** The client connected to a transparent gateway itself ({@link TransparentMode}), and not to a server behind it. */
    NOT_REDIRECTED,
    /** A balancer's connection has no PROXY header, which is required of it ({@link ProxyProtocol}). */
    NO_PROXY_HEADER,
    /** A balancer's PROXY header is broken, too long, or not complete in time. */
    BAD_PROXY_HEADER,
    /** What the client sent is not the protocol of the listener (SOCKS, HTTP), or asks for what the gateway does not do. */
    BAD_REQUEST,
    /** The client did not ask for a server in time, by the protocol of the listener (SOCKS, HTTP). */
    REQUEST_TIMEOUT,
    /** The client is no user of the gateway, where it must be one to ask for a server (SOCKS, HTTP). */
    LOGIN_REFUSED,
    /** An operator ended it. */
    ENDED_BY_OPERATOR,
    /** The gateway is being stopped. */
    SHUTDOWN,
    /** A defect of the gateway; the log has the stack trace. */
    INTERNAL_ERROR
}
