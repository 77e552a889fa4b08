package io.ftpalg.policy;

import java.util.concurrent.CompletionStage;

/**
 * Chooses the server of a session.
 *
 * <p>Called on the session's event loop; the stage may complete on any thread, and its outcome is taken up on the loop. A
 * stage that fails, with {@link RouteRefusedException} or anything else, ends the session with a uniform 421.
 */
public interface Router {

    /** Tells whether the server is known only from the login: the session then answers the client itself until USER. */
    boolean needsLogin();

    /**
     * Tells whether this argument of USER names a server. If not, it goes to the server that the session already has; where
     * there is none, the client is told how to log in.
     */
    default boolean understands(String login) {
        return true;
    }

    /** Returns the route of this session. */
    CompletionStage<Route> route(RouteRequest request, NameResolver resolver);
}
