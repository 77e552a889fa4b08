/**
 * What an embedder may decide: where a session goes, which commands pass, how much is allowed, and which listeners are notified.
 *
 * <p>Read in this order: {@link io.ftpalg.policy.Router} with {@link io.ftpalg.policy.RouteRequest} and
 * {@link io.ftpalg.policy.Route}, {@link io.ftpalg.policy.LoginTarget}, and {@link io.ftpalg.policy.RouterContext} for routers
 * that work without a session (those there are: {@code io.ftpalg.routing});
 * {@link io.ftpalg.policy.LoginPolicy} with {@link io.ftpalg.policy.ProxyUsers} and {@link io.ftpalg.policy.LoginGuard};
 * {@link io.ftpalg.policy.CommandFilter} with {@link io.ftpalg.policy.Verdict};
 * {@link io.ftpalg.policy.ClientTls} and {@link io.ftpalg.policy.ServerTls};
 * {@link io.ftpalg.policy.Limits} with the table {@link io.ftpalg.policy.Limit}; {@link io.ftpalg.policy.AlgListener} with its records and
 * {@link io.ftpalg.policy.CloseCause}.
 *
 * <p>Everything here is called on the event loop of the session that it concerns and must not block. Imports the JDK and
 * {@code io.ftpalg.protocol} only: no Netty.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy;

import org.jspecify.annotations.NullMarked;
