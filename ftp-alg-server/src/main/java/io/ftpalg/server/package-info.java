/**
 * The standalone gateway: a command line around {@link io.ftpalg.FtpAlg}, and a log.
 *
 * <p>Read in this order: {@link io.ftpalg.server.Main}; {@link io.ftpalg.server.ServerCommand} with its options in
 * {@code RouteOptions}, {@code DataPortOptions}, {@code TlsOptions}, {@code UpstreamTlsOptions} and {@code RunOptions}, whose texts {@code Values} turns into
 * values and {@code OptionErrors} into one line each; {@link io.ftpalg.server.Settings}, what they come to;
 * {@link io.ftpalg.server.Shutdown}; {@link io.ftpalg.server.EventLog} with {@link io.ftpalg.server.Escape}.
 * A config file is read by {@code ConfigLoader}, which says each listener as the command line would; {@code Gateways} runs
 * them all, and {@code Reloader} puts a new file in place of the old, at a {@code ReloadSignal} or when {@code ConfigWatch} says so.
 * The {@code demo} command has a package of its own.
 *
 * <p>Standard output has the ready line and what was asked for (help, version, demo); standard error has the log and
 * what went wrong. The exit code is 0 after a shutdown that was asked for, 1 if the gateway could not run, 2 if the command
 * line was wrong.
 */
@NullMarked
package io.ftpalg.server;

import org.jspecify.annotations.NullMarked;
