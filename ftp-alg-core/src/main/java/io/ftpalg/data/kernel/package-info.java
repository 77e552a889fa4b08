/**
 * The kernel's own path for the data of transfers, in place of a relay.
 *
 * <p>Read in this order: a {@link io.ftpalg.data.kernel.FlowRequest} to the {@link io.ftpalg.data.kernel.KernelPlane}, which sessions share,
 * makes a {@link io.ftpalg.data.kernel.KernelFlow}, and its {@link io.ftpalg.data.kernel.FlowListener} is notified of its results.
 * {@code NatTable} is the table of nftables, with {@code man nft} beside it; {@code Flow} is one request from its elements to the end of
 * its connection; {@code FlowWatch} finds the flow of each packet that the table logs, and {@code TcpTrace} counts payload by such
 * packets; {@code KernelAccess} opens what all of them need of the kernel.
 *
 * <p>An ordinary socket listens behind each element: who has none arrives there, and whatever fails here falls back to the relay.
 * Messages to the kernel are those of {@code io.ftpalg.data.netlink}. Everything but {@code KernelPlane} and {@code CircuitBreaker} runs on
 * the plane's loop. Imports of data only {@code netlink}, and {@code epoll} for its loop.
 */
@NullMarked
package io.ftpalg.data.kernel;

import org.jspecify.annotations.NullMarked;
