package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;

/** The addresses of the parties: three over IPv4, so that one that was not rewritten is seen. */
final class Loopback {
    static final InetAddress CLIENT = address("127.0.0.1");
    static final InetAddress SERVER = address("127.0.0.2");
    static final InetAddress GATEWAY = address("127.0.0.3");
    static final InetAddress STRANGER = address("127.0.0.9");
    static final InetAddress IPV6 = address("::1");

    private Loopback() {}

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
