package io.ftpalg.server.admin;

import java.time.Duration;

/** What one client of the admin server may use. */
public final class AdminLimits {
    /** The longest request line, bytes. */
    public static final int REQUEST_LINE = 4096;
    /** The longest headers of a request, bytes together. */
    public static final int HEADERS = 8192;
    /** The longest body of a request, bytes. */
    public static final int BODY = 64 * 1024;
    /** Connections to one address or socket at a time. */
    public static final int CONNECTIONS = 128;
    /** Event streams of one address or socket at a time. */
    public static final int STREAMS = 32;
    /** From the opening of a connection, or the last response, to the end of a request. */
    public static final Duration REQUEST_TIME = Duration.ofSeconds(30);
    /** From a request to the response of its route. */
    public static final Duration RESPONSE_TIME = Duration.ofSeconds(60);
    /** How long a client may leave unread what is sent to it. */
    public static final Duration WRITE_TIME = Duration.ofSeconds(30);
    /** Between two lines of an event stream. */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    /** Before the reply to a wrong token. */
    public static final Duration WRONG_TOKEN_DELAY = Duration.ofSeconds(1);
    /** What waits to be sent to a client before {@link EventStream#isWritable} is false, bytes. */
    public static final int UNSENT = 64 * 1024;

    private AdminLimits() {}
}
