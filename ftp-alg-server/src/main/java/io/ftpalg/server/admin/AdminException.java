package io.ftpalg.server.admin;

/** The admin server cannot do what its settings say; the message is one line that names the thing, the fact and the remedy. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    AdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
