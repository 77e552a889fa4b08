/**
 * Clients that begin with another protocol than FTP, and ask for their connections by it: SOCKS 5 (RFC 1928), HTTP CONNECT (RFC 9110
 * section 9.3.6).
 *
 * <p>Read in this order: {@link io.ftpalg.control.tunnel.TunnelPipelines} makes the pipeline of an accepted connection, with Netty's
 * codec and a handler of one protocol; that handler asks a {@code ClientTunnel}, which is the same for all protocols: the connection
 * becomes a session's ({@link io.ftpalg.control.tunnel.SessionOpener}), goes to one that awaits its data connection
 * ({@code TunnelHandover}), or is refused. {@link io.ftpalg.control.tunnel.TunnelGreeting} replies to the client when its session has a
 * server.
 */
@NullMarked
package io.ftpalg.control.tunnel;

import org.jspecify.annotations.NullMarked;
