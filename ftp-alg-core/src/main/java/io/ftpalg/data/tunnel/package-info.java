/**
 * Connections that are made through SOCKS and HTTP proxies, control and data.
 *
 * <p>Read in this order: a {@link io.ftpalg.data.tunnel.Tunnel} puts Netty's handlers in front of a channel that is to be connected;
 * {@link io.ftpalg.data.tunnel.EarlyBytes} keeps what is read before there are others; {@link io.ftpalg.data.tunnel.TunnelErrors}
 * has failures in words; {@link io.ftpalg.data.tunnel.SocksBind} is what a SOCKS5 proxy is asked for in place of that, to accept a
 * connection of the server.
 *
 * <p>Imports of data only {@code port}.
 */
@NullMarked
package io.ftpalg.data.tunnel;

import org.jspecify.annotations.NullMarked;
