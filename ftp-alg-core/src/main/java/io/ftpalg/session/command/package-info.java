/**
 * The commands that pass to the server, or of which only the reply is changed: FEAT, STAT, QUIT and all without a rule of
 * their own ({@link io.ftpalg.session.command.PassThroughExchange}).
 *
 * <p>Imports {@code session.transfer}, since the server may answer any command with a transfer, and below.
 */
@NullMarked
package io.ftpalg.session.command;

import org.jspecify.annotations.NullMarked;
