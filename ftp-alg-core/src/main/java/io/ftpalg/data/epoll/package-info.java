/**
 * Data connections that are bare sockets, and the relay that splices them in the kernel; where there is epoll.
 *
 * <p>Read in this order: {@link io.ftpalg.data.epoll.RawListen} and {@link io.ftpalg.data.epoll.RawDial} bring a
 * {@link io.ftpalg.data.epoll.RawLeg} about, which is a {@link io.ftpalg.data.epoll.RawSocket} of the
 * {@link io.ftpalg.data.epoll.RawSockets} of its loop; {@link io.ftpalg.data.epoll.SpliceRelay} joins two of them by a
 * {@link io.ftpalg.data.epoll.SpliceFlow} each way, through a {@link io.ftpalg.data.epoll.Pipe} of the
 * {@link io.ftpalg.data.epoll.Pipes}.
 *
 * <p>Epoll event loops, also those of control connections, are made by
 * {@link io.ftpalg.data.epoll.PersistentEpollRegistration}, by which the events of relays are handled behind all others, and channels learn of a FIN
 * by their {@link io.ftpalg.data.epoll.ChannelReads}. Imports any other package of data but the one on top.
 */
@NullMarked
package io.ftpalg.data.epoll;

import org.jspecify.annotations.NullMarked;
