/**
 * The one command in flight, and what every rule and exchange gets.
 *
 * <p>Read in this order: {@link io.ftpalg.session.exchange.CommandRule} decides how a command is handled when it is
 * dispatched; {@link io.ftpalg.session.exchange.Exchange} is a command that needs the server or time;
 * {@link io.ftpalg.session.exchange.InFlight} holds the current one; {@link io.ftpalg.session.exchange.SessionContext} has the
 * parts of the session that they use.
 *
 * <p>Imports {@code session.server} and {@code session.base}; no single rule or exchange is imported here.
 */
@NullMarked
package io.ftpalg.session.exchange;

import org.jspecify.annotations.NullMarked;
