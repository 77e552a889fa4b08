/**
 * The replay of a session trace: a scripted server, a gateway and a scripted client, all on loopback, and what differs from the
 * record.
 *
 * <p>Read in this order: {@link io.ftpalg.server.replay.TraceFile}, which reads {@link io.ftpalg.server.replay.RecordedSession}s;
 * {@code Script}, what one side does, in {@code Step}s; {@link io.ftpalg.server.replay.Replay}, one session; {@code ScriptedClient} and
 * {@code ScriptedServer} with {@code ControlLines} and {@code DataConnection}; {@code Comparison}, what counts as the same;
 * {@code Transcript}, what is printed; {@code ReplayGateway} with {@code ReplayRouter}. Uses blocking sockets, and a thread for the
 * server. Imports neither the admin server nor the command line.
 */
@NullMarked
package io.ftpalg.server.replay;

import org.jspecify.annotations.NullMarked;
