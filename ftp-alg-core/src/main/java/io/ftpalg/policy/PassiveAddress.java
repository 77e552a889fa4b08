package io.ftpalg.policy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The address that 227 replies announce to the clients of a network.
 *
 * @param clients the network of the clients
 * @param host an IPv4 address, or a name that is looked up again and again: the last answer holds while the look-up fails
 */
public record PassiveAddress(Cidr clients, String host) {
    /** All IPv4 clients; no others receive a 227. */
    private static final Cidr EVERYBODY = Cidr.parse("0.0.0.0/0").orElseThrow();

    public PassiveAddress {
        host = new HostPort(host, HostPort.DEFAULT_PORT).host();
        if (IpLiteral.parse(host).filter(Inet6Address.class::isInstance).isPresent()) {
            throw new IllegalArgumentException("a 227 reply carries an IPv4 address, not " + host);
        }
    }

    /** Returns that of all clients for whom there is no other before it. */
    public static PassiveAddress of(String host) {
        return new PassiveAddress(EVERYBODY, host);
    }

    /** Returns the address, unless it is a name. */
    public Optional<InetAddress> address() {
        return IpLiteral.parseIpv4(host);
    }
}
