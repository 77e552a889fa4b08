/**
 * The gateway as a library: {@code FtpAlg} builds, starts and stops it; {@code GatewayHandover} starts several together, in
 * place of others.
 *
 * <p>The way of a command from here down: {@code FtpAlg} -> {@code ControlInitializer} -> {@code ClientHandler} ->
 * {@code FtpSession} -> {@code CommandRules} -> a rule -> {@code SessionActions} -> {@code SessionDriver}.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg;

import org.jspecify.annotations.NullMarked;
