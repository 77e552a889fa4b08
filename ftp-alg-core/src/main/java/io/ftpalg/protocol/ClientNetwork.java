package io.ftpalg.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * By what a client is counted in limits of one address: an IPv4 address, or an IPv6 /64, which is what one customer has.
 * Stateless.
 */
public final class ClientNetwork {
    private static final int CUSTOMER_BITS = 64;

    private ClientNetwork() {}

    /** Returns the address, or its network; an IPv4 client of an IPv6 socket is that IPv4 client. */
    public static InetAddress of(InetAddress client) {
        InetAddress address = IpLiteral.canonical(client);
        return address instanceof Inet6Address ? new Cidr(address, CUSTOMER_BITS).network() : address;
    }
}
