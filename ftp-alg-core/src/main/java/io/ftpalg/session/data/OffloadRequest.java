package io.ftpalg.session.data;

import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;

/**
 * A connection that the kernel may carry instead of a relay: that of the peer that connects to a data port of the gateway.
 *
 * @param listening the side whose peer connects to the gateway
 * @param sameDirection whether the gateway is to connect to the other side, and not to listen there too or to connect to both
 * @param underTls whether a data connection would be under TLS
 * @param target the data port of the other side
 */
public record OffloadRequest(Side listening, boolean sameDirection, boolean underTls, InetSocketAddress target) {}
