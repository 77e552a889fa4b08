package io.ftpalg.server;

import io.ftpalg.routing.RouteMatch;
import io.ftpalg.routing.RouteOptions;

/**
 * One of a listener's routes.
 *
 * @param match which sessions it is for
 * @param choice where those go
 * @param options what else is said of them
 */
record RouteSettings(RouteMatch match, RouteChoice choice, RouteOptions options) {
}
