package io.ftpalg.server.quota;

/** The store cannot be used; the message names the file, the fact and the remedy. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean locked;

    StoreException(String message, boolean locked, Throwable cause) {
        super(message, cause);
        this.locked = locked;
    }

    /** Returns whether another process has the store open. */
    public boolean isLocked() {
        return locked;
    }
}
