package io.ftpalg.session.base;

/**
 * An object that the embedder gave to the gateway (router, filter, users, ...) threw, or returned null. Already logged, with
 * the stack, where that happened; the session that needed the object ends.
 */
public final class ExtensionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message names the object's class. */
    public ExtensionException(String message) {
        super(message, null, false, false);
    }
}
