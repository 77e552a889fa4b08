package io.ftpalg.control.shared;

import io.ftpalg.control.dns.WatchedNames;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.session.data.PassiveAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that a gateway's 227 replies announce.
 *
 * @param addresses those of networks of clients; the first that has the client decides
 * @param names what the names among them lead to
 */
public record AnnouncedAddresses(List<PassiveAddress> addresses, WatchedNames names) implements PassiveAddresses {
    public AnnouncedAddresses {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Optional<InetAddress> of(InetAddress client) throws UnknownHostException {
        for (PassiveAddress address : addresses) {
            if (address.clients().contains(client)) {
                Optional<InetAddress> known = address.address().or(() -> names.address(address.host()));
                if (known.isEmpty()) {
                    throw new UnknownHostException("passive address " + address.host() + " is not found");
                }
                return known;
            }
        }
        return Optional.empty();
    }
}
