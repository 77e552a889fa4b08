/**
 * The FTP conversation: what every command and reply means for both sides. Pure: events in, actions out, no socket.
 *
 * <p>Read in this order: {@link io.ftpalg.session.FtpSession} receives the events;
 * {@link io.ftpalg.session.CommandDispatcher} queues, filters and dispatches commands;
 * {@link io.ftpalg.session.CommandRules} maps a verb to its {@link io.ftpalg.session.exchange.CommandRule}; a rule replies
 * at once or opens an {@link io.ftpalg.session.exchange.Exchange}, the one command in flight;
 * {@link io.ftpalg.session.base.SessionActions} is all that a session can do.
 *
 * <p>Subpackages, each importing only those to its left: {@code base} (what the parts share), {@code server} (the connection
 * to the server), {@code exchange} (the command in flight), {@code transfer}, {@code command}, {@code login}, {@code tls} (the
 * rules and exchanges).
 *
 * <p>One session lives on one event loop: no lock, no volatile, no thread. Imports {@code policy} and {@code protocol}
 * only, never Netty: a conversation is tested as a script, and a race is an order of method calls.
 */
@NullMarked
package io.ftpalg.session;

import org.jspecify.annotations.NullMarked;
