package io.ftpalg.server.replay;

/** A replay cannot be done here; the message is one line that names the thing, the fact and the remedy. */
public final class ReplayException extends Exception {
    private static final long serialVersionUID = 1L;

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
