package io.ftpalg.policy.route;

import io.ftpalg.policy.login.LoginDialect;
import java.util.concurrent.CompletionStage;

/**
 * Chooses the server of a session.
 *
 * <p>Called on the session's event loop; the stage may complete on any thread, and its outcome is taken up on the loop. A
 * stage that fails, with {@link RouteRefusedException} or anything else, ends the session with a uniform 421.
 */
public interface Router {

    /** Returns whether the server is known only from the login: the session then answers the client itself until then. */
    boolean needsLogin();

    /** Returns whether logins may name their server, {@code user@host} or as another {@link LoginDialect} has it. */
    default boolean takesTargets() {
        return needsLogin();
    }

    /**
     * Returns whether this request, whose client has named no server, can be routed nevertheless. Called only on a router that
     * {@link #needsLogin}.
     */
    default boolean canRoute(RouteRequest request) {
        return !takesTargets();
    }

    /**
     * Returns whether this request, whose client has named its server, may be routed, as far as that is known without a look-up; true
     * by default. If not, a client of SOCKS or HTTP is refused at once.
     */
    default boolean mayRoute(RouteRequest request) {
        return true;
    }

    /** Returns whether this is a name that clients may send by HOST or SNI; none by default. */
    default boolean knowsHost(String host) {
        return false;
    }

    /** Returns whether it matters what clients call the gateway (HOST, RFC 7151). */
    default boolean takesHosts() {
        return false;
    }

    /** Returns the route of this session. */
    CompletionStage<Route> route(RouteRequest request, NameResolver resolver);

    /** The gateway starts: what runs without a session, such as checks of servers, may begin. */
    default void start(RouterContext context) {}

    /**
     * The gateway has no session any more, or another has taken its place: what {@link #start} began must end. Sessions that are
     * left may still be routed.
     */
    default void stop() {}
}
