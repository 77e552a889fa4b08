package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Where a client goes, and the account it uses there.
 *
 * @param address a control port
 * @param user a user's name
 * @param password his password
 */
record Target(InetSocketAddress address, String user, String password) {

    /** Returns the server itself. */
    static Target of(TestServer server) {
        return new Target(server.address(), server.user(), server.password());
    }

    boolean ipv6() {
        return address.getAddress() instanceof Inet6Address;
    }

    String host() {
        return IpLiteral.format(address.getAddress());
    }

    int port() {
        return address.getPort();
    }

    /** Returns the address as a URL has it. */
    String authority() {
        return (ipv6() ? '[' + host() + ']' : host()) + ':' + port();
    }
}
