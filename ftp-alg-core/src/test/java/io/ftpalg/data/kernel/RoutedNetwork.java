package io.ftpalg.data.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * client - gateway - server, each in a network namespace of its own, joined by veth pairs; the gateway routes.
 *
 * <p>IPv4: 10.77.1.2 (and .3) - 10.77.1.1, 10.77.2.1 - 10.77.2.2. IPv6: fd77:1::2 (and ::3) - fd77:1::1, fd77:2::1 - fd77:2::2.
 */
public final class RoutedNetwork implements AutoCloseable {
    private final Namespace client;
    private final Namespace gateway;
    private final Namespace server;

    private RoutedNetwork(Namespace client, Namespace gateway, Namespace server) {
        this.client = client;
        this.gateway = gateway;
        this.server = server;
    }

    /** Makes one, or skips the test with the reason; never skips where CI is set. */
    public static RoutedNetwork create() throws Exception {
        assumeAvailable();
        RoutedNetwork made =
                new RoutedNetwork(Namespace.create("client"), Namespace.create("gateway"), Namespace.create("server"));
        made.join(made.client, 1);
        made.join(made.server, 2);
        made.gateway.run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        made.client.run("ip addr add 10.77.1.3/24 dev eth0; ip addr add fd77:1::3/64 dev eth0 nodad");
        return made;
    }

    /** Skips the test with the reason where there can be no namespaces; never where CI is set. */
    static void assumeAvailable() {
        boolean root = "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/nft"));
        assumeTrue(root || System.getenv("CI") != null, "needs root and nft, for network namespaces");
    }

    private void join(Namespace end, int network) throws IOException {
        String near = "eth" + network;
        gateway.run("ip link add " + near + " type veth peer name eth0 netns " + end.name());
        gateway.run("ip addr add 10.77." + network + ".1/24 dev " + near + "; ip addr add fd77:" + network
                + "::1/64 dev " + near + " nodad; ip link set " + near + " up");
        end.run("ip addr add 10.77." + network + ".2/24 dev eth0; ip addr add fd77:" + network
                + "::2/64 dev eth0 nodad; ip link set eth0 up; ip route add default via 10.77." + network
                + ".1; ip -6 route add default via fd77:" + network + "::1");
    }

    public Namespace client() {
        return client;
    }

    public Namespace gateway() {
        return gateway;
    }

    public Namespace server() {
        return server;
    }

    /** The address of a host in a network. */
    static InetAddress address(boolean ipv6, int network, int host) throws IOException {
        return InetAddress.getByName(ipv6 ? "fd77:" + network + "::" + host : "10.77." + network + '.' + host);
    }

    @Override
    public void close() throws IOException {
        client.close();
        gateway.close();
        server.close();
    }
}
