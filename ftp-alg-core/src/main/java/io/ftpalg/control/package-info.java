/**
 * The wiring: Netty channels in, session events out, and the session's actions turned into Netty calls.
 *
 * <p>Read in this order: {@link io.ftpalg.control.ListeningSocket} accepts clients for the gateway that has it at the time;
 * {@link io.ftpalg.control.ControlInitializer} and {@link io.ftpalg.control.ServerInitializer} build the pipelines;
 * {@link io.ftpalg.control.ClientHandler} and {@link io.ftpalg.control.ServerHandler} hand what they read to the session, and
 * what else happens to {@link io.ftpalg.control.ControlEvents};
 * {@link io.ftpalg.control.SessionDriver} does what the session asks for, with {@link io.ftpalg.control.ServerConnector} for
 * the server's control connection and {@link io.ftpalg.control.DataLegs} for the data connections;
 * {@link io.ftpalg.control.Gateway} is what all sessions share; {@link io.ftpalg.control.DnsNames} looks names up, and
 * {@link io.ftpalg.control.LoopRouterContext} is what routers may do without a session; {@link io.ftpalg.control.Transport}
 * names the system interface below.
 *
 * <p>One session, one event loop. {@link io.ftpalg.control.Sessions}, {@link io.ftpalg.control.Admission} with
 * {@link io.ftpalg.control.SessionCounts}, {@link io.ftpalg.control.SharedGatewayState} with {@code RefusedClients} and
 * {@code DescriptorReserve}, and {@code ListeningSocket} are the only types
 * here with state that several loops use, and they say so. Imports everything but {@code io.ftpalg} itself.
 */
@NullMarked
package io.ftpalg.control;

import org.jspecify.annotations.NullMarked;
