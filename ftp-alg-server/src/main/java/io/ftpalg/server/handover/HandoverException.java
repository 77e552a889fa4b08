package io.ftpalg.server.handover;

/** A running process could not be replaced; the message says why, and what to do. */
public final class HandoverException extends Exception {
    private static final long serialVersionUID = 1L;

    HandoverException(String message) {
        super(message);
    }

    HandoverException(String message, Throwable cause) {
        super(message, cause);
    }
}
