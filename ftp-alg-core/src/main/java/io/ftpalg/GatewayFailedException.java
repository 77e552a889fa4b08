package io.ftpalg;

import java.util.Optional;

/**
 * A running gateway cannot continue: one of its event loops ended, a listener closed unexpectedly, or the JVM failed,
 * such as out of memory. What {@link FtpAlg#ended} fails with; the message names what failed. The remedy is to stop the
 * gateway and start another, or to end the program.
 */
public final class GatewayFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the cause is missing where nothing was thrown. */
    GatewayFailedException(String message, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
    }
}
