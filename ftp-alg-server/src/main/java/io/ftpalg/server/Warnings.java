package io.ftpalg.server;

import io.ftpalg.protocol.HostPort;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Finds what settings allow, but is seldom meant. Stateless; looks names up, which blocks. */
final class Warnings {

    private Warnings() {
    }

    /** Returns what there is to say, in the words of the command line. */
    static List<String> of(Settings settings) {
        List<String> warnings = new ArrayList<>();
        if (settings.route() instanceof RouteChoice.Forward forward && forward.targets().isEmpty()) {
            warnings.add("--forward without --allow-target: every login will be refused");
        }
        if (settings.serverTls().isInsecure()) {
            warnings.add("--upstream-insecure: servers are not checked, anybody on the way can be one");
        }
        if (settings.route() instanceof RouteChoice.Reverse reverse && settings.file().nameServers().isEmpty()) {
            reverse.servers().stream().flatMap(server -> server.server().stream()).filter(Warnings::isUnknown).forEach(server ->
                    warnings.add("--upstream " + server + " cannot be resolved now; it is tried again for each session"));
        }
        return warnings;
    }

    private static boolean isUnknown(HostPort server) {
        return new InetSocketAddress(server.host(), server.port()).isUnresolved();
    }
}
