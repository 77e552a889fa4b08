package io.ftpalg.server.settings;

import io.ftpalg.routing.RouteMatch;
import io.ftpalg.routing.RouteOptions;

/**
 * One of a listener's routes.
 *
 * @param match which sessions it is for
 * @param choice where those go
 * @param options what else is set for them
 */
public record RouteSettings(RouteMatch match, RouteChoice choice, RouteOptions options) {}
