/**
 * HAProxy's PROXY protocol, versions 1 and 2: the header before the bytes of a connection, by which a balancer names the client
 * to the gateway, and the gateway to a server.
 *
 * <p>Read {@link io.ftpalg.haproxy.ProxyHeader} first, then {@link io.ftpalg.haproxy.SentProxyHeader}. Netty's codec-haproxy parses and
 * encodes; here are the bounds of size and time, and what of a header is used. Internal. Imports {@code protocol} and Netty.
 */
@NullMarked
package io.ftpalg.haproxy;

import org.jspecify.annotations.NullMarked;
