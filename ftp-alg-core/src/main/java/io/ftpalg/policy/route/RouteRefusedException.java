package io.ftpalg.policy.route;

/** A login that a router sends nowhere; the client learns only that the service is not available. */
public final class RouteRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the refusal; the reason is for the log and may name the target, which the client never sees. */
    public RouteRefusedException(String reason) {
        super(reason, null, false, false);
    }
}
