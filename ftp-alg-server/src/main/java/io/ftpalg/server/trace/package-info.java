/**
 * Traces of sessions: the dialogue of both sides, as it happens. {@link io.ftpalg.server.trace.Traces} has those that run,
 * {@link io.ftpalg.server.trace.Trace} is one of them.
 *
 * <p>Lines come from the event loops of sessions and are read by the admin server's; what waits in between is bounded.
 */
@NullMarked
package io.ftpalg.server.trace;

import org.jspecify.annotations.NullMarked;
