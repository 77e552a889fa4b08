package io.ftpalg.routing;

import io.ftpalg.policy.route.Router;

/**
 * One rule of a {@link RuleRouter}.
 *
 * @param match which sessions it is about
 * @param router where those go
 */
public record RouteRule(RouteMatch match, Router router) {

    /** Returns the rule for every session. */
    public static RouteRule always(Router router) {
        return new RouteRule(RouteMatch.ALL, router);
    }
}
