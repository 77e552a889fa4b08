package io.ftpalg.server.settings;

import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.PortRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The gateway's ports of data connections, as settings name them. Stateless. */
public final class DataPorts {
    private DataPorts() {}

    /** Returns all ranges to which clients and servers connect, of all listeners and routes, each once. */
    public static List<PortRange> of(ProgramSettings settings) {
        return settings.listeners().stream().flatMap(DataPorts::of).distinct().toList();
    }

    private static Stream<PortRange> of(ListenerSettings listener) {
        Stream<SocketSettings> sockets = Stream.concat(
                Stream.of(listener.data().sockets()),
                listener.routing().routes().stream()
                        .map(route -> route.options().sockets()));
        return Stream.concat(listener.data().passivePorts().stream(), sockets.flatMap(own -> Stream.of(
                        own.passivePorts(), own.sourcePorts())
                .flatMap(Optional::stream)));
    }
}
