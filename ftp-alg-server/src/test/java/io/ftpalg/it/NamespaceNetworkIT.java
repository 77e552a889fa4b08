package io.ftpalg.it;

import static io.ftpalg.it.NamespaceNetwork.Host.CLIENT;
import static io.ftpalg.it.NamespaceNetwork.Host.GATEWAY;
import static io.ftpalg.it.NamespaceNetwork.Host.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.it.NamespaceNetwork.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class NamespaceNetworkIT {

    static Stream<Arguments> networks() {
        return Stream.of(Topology.values())
                .flatMap(topology -> Stream.of(false, true).map(ipv6 -> Arguments.of(topology, ipv6)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void clientReachesServerThroughAGatewayThatForwards(Topology topology, boolean ipv6) {
        List<Path> namespaces;
        try (NamespaceNetwork network = NamespaceNetwork.create(topology)) {
            namespaces = Stream.of(NamespaceNetwork.Host.values())
                    .map(host -> Path.of("/run/netns", network.namespace(host)))
                    .toList();
            network.run(
                    GATEWAY, List.of("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"), "");
            InetAddress address = network.address(SERVER, ipv6);
            ServerSocket server = network.on(SERVER, () -> new ServerSocket(21, 1, address));

            Socket client = network.on(CLIENT, () -> connect(server.getInetAddress()));
            Socket accepted = network.on(SERVER, server::accept);

            assertThat(accepted.getInetAddress()).isEqualTo(network.address(CLIENT, ipv6));
            network.on(SERVER, () -> {
                client.close();
                accepted.close();
                server.close();
                return true;
            });
        }
        assertThat(namespaces).noneMatch(Files::exists);
    }

    private static Socket connect(InetAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(server, 21), 5000);
        return socket;
    }
}
