/**
 * What the sessions of a gateway share, and what gateways share that were started together.
 *
 * <p>Read in this order: {@link io.ftpalg.control.shared.Gateway} is all that a session gets;
 * {@link io.ftpalg.control.shared.Interception} that clients do not know of it, with the
 * {@link io.ftpalg.control.shared.OriginalDestination} of each; {@link io.ftpalg.control.shared.Admission} admits clients, with
 * {@link io.ftpalg.control.shared.SessionCounts}; {@link io.ftpalg.control.shared.Sessions} are those that live, each a
 * {@link io.ftpalg.control.shared.LiveSession}, and the end of the gateway, with its
 * {@link io.ftpalg.control.shared.GatewayFailure}; {@link io.ftpalg.control.shared.LoginFailures} counts refused logins;
 * {@link io.ftpalg.control.shared.EventLoopDataChannels} opens data connections, and
 * {@link io.ftpalg.control.shared.UnusableSyntaxes} remembers how not to; {@link io.ftpalg.control.shared.SharedGatewayState} is
 * what gateways share, with {@link io.ftpalg.control.shared.LoopWatch}, {@link io.ftpalg.control.shared.ControlMemory},
 * {@link io.ftpalg.control.shared.RefusedClients} and {@link io.ftpalg.control.shared.DescriptorReserve}.
 *
 * <p>Several event loops use what is here; the javadoc of each has how it is guarded. Uses {@code control.net}, {@code control.dns} and
 * {@code control.tls}; uses sessions by their interface only.
 */
@NullMarked
package io.ftpalg.control.shared;

import org.jspecify.annotations.NullMarked;
