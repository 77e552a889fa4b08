/**
 * Joins two data connections: the rules of how that ends, and the relay that copies through buffers.
 *
 * <p>Read in this order: {@link io.ftpalg.data.relay.RelayPlan}, {@link io.ftpalg.data.relay.DataRelay} and
 * {@link io.ftpalg.data.relay.RelayResult} are what its owner uses. {@link io.ftpalg.data.relay.RelayTermination} judges what an
 * end, a reset or a stall means, whatever moves the bytes of each {@link io.ftpalg.data.relay.RelayFlow}, and has a
 * {@link io.ftpalg.data.relay.StallWatch}, a {@link io.ftpalg.data.relay.SentWatch} and a {@link io.ftpalg.data.relay.Linger}
 * for its times.
 *
 * <p>{@link io.ftpalg.data.relay.BufferRelay} is the relay of two channels. Each {@link io.ftpalg.data.relay.BufferFlow} of it
 * reads as {@link io.ftpalg.data.relay.HeldBytes} allow, within the {@link io.ftpalg.data.relay.RelayMemory} of its loop.
 *
 * <p>Imports of data all but {@code epoll}.
 */
@NullMarked
package io.ftpalg.data.relay;

import org.jspecify.annotations.NullMarked;
