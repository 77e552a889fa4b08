/**
 * The log: {@link io.ftpalg.server.log.EventLog} writes what happens to sessions, with {@link io.ftpalg.server.log.Escape} for
 * what peers send and {@code Remedies} for what an operator can do; {@code BatchAppender} writes it without making an event loop
 * wait; {@link io.ftpalg.server.log.LogLimiter} limits lines that peers can cause, here and in {@code tls};
 * {@link io.ftpalg.server.log.FatalErrors} ends the program. It imports no other package of the server.
 */
@NullMarked
package io.ftpalg.server.log;

import org.jspecify.annotations.NullMarked;
