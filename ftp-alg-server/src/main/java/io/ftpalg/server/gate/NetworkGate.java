package io.ftpalg.server.gate;

import io.ftpalg.policy.ClientGate;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Admits clients by their network: none from a denied one; and if some are allowed, only those. Immutable; any
 * thread.
 *
 * @param allow networks that may connect; all if it is empty
 * @param deny networks that may not, even if allowed
 */
public record NetworkGate(List<Cidr> allow, List<Cidr> deny) implements ClientGate {

    public NetworkGate {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    @Override
    public Optional<FtpReply> refuse(InetSocketAddress client) {
        boolean in = !isIn(deny, client) && (allow.isEmpty() || isIn(allow, client));
        return in ? Optional.empty() : Optional.of(Replies.SERVICE_NOT_AVAILABLE);
    }

    private static boolean isIn(List<Cidr> networks, InetSocketAddress client) {
        return networks.stream().anyMatch(network -> network.contains(client.getAddress()));
    }
}
