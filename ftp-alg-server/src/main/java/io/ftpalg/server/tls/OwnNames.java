package io.ftpalg.server.tls;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The names and addresses that clients may use for this machine, for a certificate that is made here. */
public final class OwnNames {

    private OwnNames() {}

    /** Returns the host's name, localhost, and the addresses that are listened on. */
    public static List<String> of(List<InetSocketAddress> listen) {
        Set<String> names = new LinkedHashSet<>();
        hostName().ifPresent(names::add);
        names.add("localhost");
        names.add("127.0.0.1");
        for (InetSocketAddress address : listen) {
            if (!address.getAddress().isAnyLocalAddress()) {
                names.add(IpLiteral.format(address.getAddress()));
            }
        }
        return List.copyOf(names);
    }

    private static Optional<String> hostName() {
        try {
            return HostPort.parse(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT) + ":21")
                    .map(HostPort::host);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
