package io.ftpalg.server.tls;

/** TLS cannot be as it was asked for; the message is one line that names the file or the engine, and why. */
public final class TlsConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes one with that message. */
    public TlsConfigException(String message) {
        super(message);
    }

    /** Makes one for a file, with what was thrown about it. */
    static TlsConfigException of(Object file, String what, Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        TlsConfigException failure =
                new TlsConfigException(file + ": " + what + " (" + why.replaceAll("\\s+", " ") + ")");
        failure.initCause(cause);
        return failure;
    }
}
