/**
 * The standalone gateway: a command line around {@link io.ftpalg.FtpAlg}, and a log.
 *
 * <p>Read in this order: {@link io.ftpalg.server.Main}; {@code ServerCommand} and {@code CheckCommand}; then the packages below.
 * {@code keys} has the one table of keys and options, of which {@code cli} and {@code config} read a command line and a config
 * file; what they give becomes {@code settings}, the same records for both, of which {@code runtime} makes gateways.
 *
 * <p>Standard output has the ready line and what was asked for (help, version, demo); standard error has the log and
 * what went wrong. The exit code is 0 after a shutdown that was asked for, 1 if the gateway could not run, 2 if the command
 * line was wrong.
 */
@NullMarked
package io.ftpalg.server;

import org.jspecify.annotations.NullMarked;
