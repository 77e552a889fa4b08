package io.ftpalg.haproxy;

/** A PROXY header is broken, or too long. The message has how; there is no stack trace, since peers cause it at will. */
public final class ProxyHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    ProxyHeaderException(String message) {
        super(message, null, false, false);
    }
}
