/**
 * The FTP conversation: what every command and reply means for both sides. Pure: events in, actions out, no socket.
 *
 * <p>Read in this order: {@link io.ftpalg.session.FtpSession} takes the events and keeps the queue;
 * {@link io.ftpalg.session.SessionState} is its table of states; {@link io.ftpalg.session.SessionActions} is what it may do
 * for; {@link io.ftpalg.session.CommandRules} maps a verb to its {@link io.ftpalg.session.CommandRule}; a rule answers
 * at once or opens an {@link io.ftpalg.session.Exchange}, the one command in flight; {@link io.ftpalg.session.DataPlan} is
 * what both sides agreed for the next transfer.
 *
 * <p>One session lives on one event loop: no lock, no volatile, no thread. Imports {@code policy} and {@code protocol}
 * only, never Netty: a conversation is tested as a script, and a race is an order of method calls.
 */
@NullMarked
package io.ftpalg.session;

import org.jspecify.annotations.NullMarked;
