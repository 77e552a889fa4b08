/**
 * One data connection as its owner sees it, whatever it is made of.
 *
 * <p>Read in this order: a {@link io.ftpalg.data.leg.ListenRequest} or {@link io.ftpalg.data.leg.DialRequest} asks for one;
 * {@link io.ftpalg.data.leg.DataLeg} is what the owner has of it, and {@link io.ftpalg.data.leg.DataLegListener} how it is
 * notified, by {@link io.ftpalg.data.leg.LegEvents}; {@link io.ftpalg.data.leg.AwaitedLeg} is one that its owner brings; {@link io.ftpalg.data.leg.OwnedLeg} is the table of its states;
 * {@link io.ftpalg.data.leg.DataTransport} makes its channels, whose event loops have a
 * {@link io.ftpalg.data.leg.ShutdownIoHandler}, with io_uring for {@link io.ftpalg.data.leg.IoUringReads}, except with epoll; {@link io.ftpalg.data.leg.TcpState} reads the kernel's.
 *
 * <p>Imports of data only {@code port}.
 */
@NullMarked
package io.ftpalg.data.leg;

import org.jspecify.annotations.NullMarked;
