package io.ftpalg.session.transfer;

import io.ftpalg.policy.PasvAddress;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a data connection goes that the server awaits: the port is the one that its reply names, {@link PasvAddress} decides on the
 * host. Stateless.
 *
 * <p>A server behind a proxy may be known by its name only. Then the proxy is asked for that name again, and the host of a 227
 * cannot be compared with it.
 */
final class PassiveTarget {
    private PassiveTarget() {}

    /** Returns what the reply names: the server's own host if it names none (229), which may be a name that is not resolved. */
    static InetSocketAddress named(DataSyntax syntax, String reply, InetSocketAddress server)
            throws DataSyntaxException {
        if (!server.isUnresolved()) {
            return syntax.parse(reply, server.getAddress());
        }
        InetSocketAddress named = syntax.parse(reply, IpLiteral.of(new byte[4]));
        return syntax == DataSyntax.EPSV ? at(server, named.getPort()) : named;
    }

    /** Returns where to connect to, or nothing if the reply is to be refused. */
    static Optional<InetSocketAddress> of(InetSocketAddress named, InetSocketAddress server, PasvAddress rule) {
        if (named.isUnresolved()) {
            return Optional.of(named);
        }
        if (!server.isUnresolved()) {
            return rule.dataHost(named.getAddress(), server.getAddress())
                    .map(host -> new InetSocketAddress(host, named.getPort()));
        }
        return rule.mode() == PasvAddress.Mode.IGNORE
                ? Optional.of(at(server, named.getPort()))
                : Optional.of(named).filter(host -> rule.networks().stream()
                        .anyMatch(network -> network.contains(host.getAddress())));
    }

    /** Returns the host that was named, if another one is connected to. */
    static Optional<InetAddress> otherHost(InetSocketAddress named, InetSocketAddress target) {
        boolean same = named.isUnresolved()
                || !target.isUnresolved() && IpLiteral.sameHost(named.getAddress(), target.getAddress());
        return same ? Optional.empty() : Optional.of(named.getAddress());
    }

    private static InetSocketAddress at(InetSocketAddress server, int port) {
        return InetSocketAddress.createUnresolved(server.getHostString(), port);
    }
}
