/**
 * The command line of the gateway: its options, made of the table in {@code io.ftpalg.server.keys}, what they give, and how a
 * wrong one is reported. It does not use config files.
 *
 * <p>Read in this order: {@link io.ftpalg.server.cli.GatewayOptions}, {@code OptionGiven},
 * {@link io.ftpalg.server.cli.OptionErrors}.
 */
@NullMarked
package io.ftpalg.server.cli;

import org.jspecify.annotations.NullMarked;
