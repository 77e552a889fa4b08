package io.ftpalg.server.replay;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where a data port is that is to be refused: on loopback, whatever happens. Stateless. */
final class RefusedPort {
    private static final int PRIVILEGED = 1024;

    private RefusedPort() {}

    /** Returns a privileged port as such, and any other one of another address of loopback, where there is one (IPv4). */
    static InetSocketAddress of(InetSocketAddress recorded, InetAddress client) throws IOException {
        boolean ownHost = recorded.getPort() < PRIVILEGED || !(client instanceof Inet4Address);
        InetAddress host = ownHost ? client : InetAddress.getByAddress(new byte[] {127, 9, 9, 9});
        return new InetSocketAddress(host, recorded.getPort());
    }
}
