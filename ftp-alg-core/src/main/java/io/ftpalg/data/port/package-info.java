/**
 * Local ends of data connections: their ports, ranges and marks.
 *
 * <p>Read in this order: {@link io.ftpalg.data.port.PortRanges} has a {@link io.ftpalg.data.port.PassivePorts} for each range
 * that is listened in; {@link io.ftpalg.data.port.FreePorts} deals ports to try, for they are found by {@code bind} only;
 * {@link io.ftpalg.data.port.LateBind} leaves the choice of a port to {@code connect};
 * {@link io.ftpalg.data.port.PacketMarks} are set on a socket before its first packet;
 * {@link io.ftpalg.data.port.SocketErrors} are what the system reports, in words.
 *
 * <p>{@code PortRanges} and {@code PassivePorts} are shared by all sessions and thread-safe. Imports no other package of data.
 */
@NullMarked
package io.ftpalg.data.port;

import org.jspecify.annotations.NullMarked;
