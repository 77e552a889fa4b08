package io.ftpalg.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Loopback addresses, one for each party where the system has more than one (Linux): only then is rewriting to be seen.
 *
 * @param client the client's
 * @param gateway the gateway's, towards both
 * @param server the server's
 */
record DemoAddresses(InetAddress client, InetAddress gateway, InetAddress server) {

    /** Returns addresses that can be bound on this machine. */
    static DemoAddresses pick() throws IOException {
        InetAddress client = loopback(1);
        boolean several = bindable(loopback(2)) && bindable(loopback(3));
        return several
                ? new DemoAddresses(client, loopback(2), loopback(3))
                : new DemoAddresses(client, client, client);
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static boolean bindable(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
