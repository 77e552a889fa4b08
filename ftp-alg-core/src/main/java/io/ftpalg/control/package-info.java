/**
 * The wiring: Netty channels in, session events out, and the session's actions turned into Netty calls.
 *
 * <p>Read in this order: {@link io.ftpalg.control.ListeningSocket} accepts clients for the gateway that has it at the time;
 * {@link io.ftpalg.control.ControlInitializer} and {@link io.ftpalg.control.ServerInitializer} build the pipelines;
 * {@link io.ftpalg.control.ClientHandler} and {@link io.ftpalg.control.ServerHandler} hand what they read to the session, and
 * what else happens to {@link io.ftpalg.control.ControlEvents}; {@link io.ftpalg.control.SessionDriver} does what the session
 * asks for, with {@link io.ftpalg.control.server.ServerControl} for the server's control connection,
 * {@link io.ftpalg.control.tls.ControlTls} for TLS and {@link io.ftpalg.control.DataLegs} for the data connections.
 * {@link io.ftpalg.control.shared.Gateway} is what all sessions share.
 *
 * <p>One session, one event loop. {@code ListeningSocket} and the types of {@code control.shared} are the only ones with state
 * that several loops use, besides the hosts file of {@code control.dns}, and they say so. Imports everything but {@code io.ftpalg}
 * itself; no package below it imports it.
 */
@NullMarked
package io.ftpalg.control;

import org.jspecify.annotations.NullMarked;
