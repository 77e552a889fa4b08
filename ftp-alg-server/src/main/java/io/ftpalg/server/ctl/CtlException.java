package io.ftpalg.server.ctl;

/** A command cannot be done; the message is for the user, and names the thing, the fact and the remedy. */
public final class CtlException extends Exception {
    private static final long serialVersionUID = 1L;

    CtlException(String message) {
        super(message);
    }
}
