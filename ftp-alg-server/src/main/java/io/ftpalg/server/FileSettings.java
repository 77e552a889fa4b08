package io.ftpalg.server;

import io.ftpalg.policy.SocketSettings;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.routing.HealthPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What only a config file says of a listener.
 *
 * @param routes tried before where the listener goes by itself
 * @param health when one of its servers counts as ill
 * @param login how clients log in
 * @param sockets what the sockets of its sessions are like, beyond what the command line says too
 * @param allow networks that may connect, all if empty
 * @param deny networks that may not
 * @param words the files of what the operator has the gateway say
 * @param nameServers the name servers to ask, the system's if empty
 */
record FileSettings(List<RouteSettings> routes, HealthPolicy health, LoginSettings login, SocketSettings sockets,
        List<Cidr> allow, List<Cidr> deny, Words words, List<InetSocketAddress> nameServers) {
    /** Nothing but what the command line says. */
    static final FileSettings NONE = new FileSettings(List.of(), HealthPolicy.DEFAULT, LoginSettings.DEFAULT,
            SocketSettings.DEFAULT, List.of(), List.of(), new Words(Optional.empty(), Optional.empty(), Optional.empty()),
            List.of());

    /**
     * Files of texts.
     *
     * @param greeting what clients hear first
     * @param limit what they hear that a limit turns away
     * @param maintenance while it is there, all hear it and are turned away
     */
    record Words(Optional<Path> greeting, Optional<Path> limit, Optional<Path> maintenance) {
    }

    FileSettings {
        routes = List.copyOf(routes);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        nameServers = List.copyOf(nameServers);
    }
}
