package io.ftpalg.server.inspect.icap;

/** A service sent what is no ICAP, or exceeds a bound; the message completes "the service ...". Has no stack. */
final class IcapException extends Exception {
    private static final long serialVersionUID = 1L;

    IcapException(String message) {
        super(message, null, false, false);
    }
}
