/**
 * The command {@code ftp-alg ctl}: a client of the admin server, by its Unix domain socket or by HTTP.
 *
 * <p>Read in this order: {@link io.ftpalg.server.ctl.CtlCommand}, the commands; {@code CtlText}, what they print;
 * {@code AdminClient}, one request; {@code Top}, the live view. Imports neither gateways nor the admin server.
 */
@NullMarked
package io.ftpalg.server.ctl;

import org.jspecify.annotations.NullMarked;
