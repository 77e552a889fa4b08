/**
 * The system interface below the gateway's sockets, and TCP urgent data, which Netty cannot send.
 *
 * <p>Read in this order: {@link io.ftpalg.control.net.Transport} has the event loops, channels and options of epoll, io_uring,
 * kqueue and NIO. Urgent data is sent by {@link io.ftpalg.control.net.UrgentNioSocketChannel} on NIO, by
 * {@link io.ftpalg.system.SystemCalls} elsewhere on Linux.
 *
 * <p>Has nothing of FTP in it, and imports no other package of {@code control}.
 */
@NullMarked
package io.ftpalg.control.net;

import org.jspecify.annotations.NullMarked;
