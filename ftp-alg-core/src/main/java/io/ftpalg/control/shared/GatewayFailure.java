package io.ftpalg.control.shared;

import java.util.Optional;

/**
 * Why a gateway cannot continue. A value.
 *
 * @param what what failed, as a sentence without a full stop
 * @param cause what was thrown, if anything
 */
public record GatewayFailure(String what, Optional<Throwable> cause) {
    /** A chain of causes may be a circle. */
    private static final int DEPTH = 20;

    /** Returns the failure of the gateway that this is, if the JVM cannot be relied on after it; a stack overflow ends one task only. */
    static Optional<GatewayFailure> of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return Optional.of(new GatewayFailure("the JVM failed: " + cause, Optional.of(cause)));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
