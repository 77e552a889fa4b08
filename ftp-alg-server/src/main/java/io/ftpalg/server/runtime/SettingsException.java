package io.ftpalg.server.runtime;

/** Settings name something that cannot be used, such as a certificate or a file of users; the message names it. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }

    /** Makes one of a cause, which has the message. */
    public SettingsException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
