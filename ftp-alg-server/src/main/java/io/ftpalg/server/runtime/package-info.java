/**
 * Gateways of settings, and their life.
 *
 * <p>Read in this order: {@link io.ftpalg.server.runtime.GatewayMaker}, which makes the gateway of a listener, with
 * {@code RouterMaker}, as a {@code MadeGateway}; {@link io.ftpalg.server.runtime.Gateways}, which runs those of a program together;
 * {@link io.ftpalg.server.runtime.Reloader}, which puts those of a new config file in place of the old, at a {@code ReloadSignal}
 * or a change; {@link io.ftpalg.server.runtime.Shutdown}; {@link io.ftpalg.server.runtime.Transports} and
 * {@link io.ftpalg.server.runtime.Warnings}, what settings are on this machine. It does not use the command line.
 */
@NullMarked
package io.ftpalg.server.runtime;

import org.jspecify.annotations.NullMarked;
