/**
 * Where a session goes: a {@link io.ftpalg.policy.route.Router} gets a {@link io.ftpalg.policy.route.RouteRequest} and returns a
 * {@link io.ftpalg.policy.route.Route}, with the sockets and servers it needs; {@link io.ftpalg.policy.route.RouterContext} is for
 * routers that work without a session. Those there are: {@code io.ftpalg.routing}.
 *
 * <p>Called on the event loop of the session that it concerns, and must not block. Imports {@code policy.tls},
 * {@code policy.login} and {@code io.ftpalg.protocol}.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy.route;

import org.jspecify.annotations.NullMarked;
