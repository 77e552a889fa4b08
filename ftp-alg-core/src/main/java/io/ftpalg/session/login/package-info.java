/**
 * USER, PASS, ACCT, HOST and REIN: who the client is at the gateway and at the server, and the connection to the server that
 * follows from it.
 *
 * <p>Read in this order: {@link io.ftpalg.session.login.UserRule};
 * {@link io.ftpalg.session.login.LoginDialogue}, which reads names by the login dialects until a
 * {@link io.ftpalg.session.login.LoginPlan} is complete; {@link io.ftpalg.session.login.ConnectExchange}, which carries it out;
 * {@link io.ftpalg.session.login.ServerLogin}, the login at the server; {@link io.ftpalg.session.login.FixedServerOpening} for
 * routes that need no login.
 *
 * <p>Imports {@code session.command} and below.
 */
@NullMarked
package io.ftpalg.session.login;

import org.jspecify.annotations.NullMarked;
