/**
 * The routers there are: one server, the server that a login names, or several servers by rules, balance and health.
 *
 * <p>Read in this order: {@link io.ftpalg.routing.Routers} for one server, or for those that {@link io.ftpalg.routing.TargetRules}
 * allow logins to name; {@link io.ftpalg.routing.RuleRouter} chooses among routers by {@link io.ftpalg.routing.RouteRule} and
 * {@link io.ftpalg.routing.RouteMatch}; {@link io.ftpalg.routing.ServerPool} has several servers
 * ({@link io.ftpalg.routing.PoolServer}) in the order of a {@link io.ftpalg.routing.Balance};
 * {@link io.ftpalg.routing.HealthPolicy} sets when one is unhealthy, {@link io.ftpalg.routing.ServerState} is the state of each;
 * {@link io.ftpalg.routing.RouteOptions} and {@link io.ftpalg.routing.RouteOptionsDecorator} are the other settings of a route.
 *
 * <p>Called on the event loops of all sessions at once; nothing blocks, and the javadoc of what sessions share has how it is guarded. Imports
 * the JDK, {@code io.ftpalg.policy}, {@code io.ftpalg.protocol} and the log only: no Netty.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.routing;

import org.jspecify.annotations.NullMarked;
