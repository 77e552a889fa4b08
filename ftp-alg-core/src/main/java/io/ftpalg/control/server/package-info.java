/**
 * Control connections to servers: how they are routed, made and left.
 *
 * <p>Read in this order: {@link io.ftpalg.control.server.ServerControl} is one session's connection to its server;
 * {@link io.ftpalg.control.server.ServerConnector} connects to the first address that accepts, from one of the
 * {@link io.ftpalg.control.server.LocalAddresses}; {@link io.ftpalg.control.server.LoopRouterContext} is what routers may do
 * without a session, and {@link io.ftpalg.control.server.ServerProbe} is one health check of a server.
 *
 * <p>Builds no pipeline of a session: its owner gives it the initializer. Imports {@code control.shared} and what is below
 * that.
 */
@NullMarked
package io.ftpalg.control.server;

import org.jspecify.annotations.NullMarked;
