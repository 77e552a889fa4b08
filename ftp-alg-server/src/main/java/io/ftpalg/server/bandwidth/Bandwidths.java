package io.ftpalg.server.bandwidth;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.Rate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bandwidths of one gateway's transfers: that of the transfer, of its user, of the user's groups, of the client's address, of the
 * networks of client and server, of the listener, and of the whole program. Made with its gateway; thread-safe.
 */
public final class Bandwidths implements TransferPolicy {
    private final BandwidthSettings settings;
    private final SharedRate total;
    private final SharedRate listener;
    private final RateTable users;
    private final RateTable addresses;
    private final Map<String, SharedRate> groups = new TreeMap<>();
    private final Map<Cidr, SharedRate> clients = new HashMap<>();
    private final Map<Cidr, SharedRate> servers = new HashMap<>();

    private Bandwidths(BandwidthSettings settings, SharedRate total) {
        this.settings = settings;
        this.total = total;
        this.listener = SharedRate.of(settings.listener());
        this.users = new RateTable(settings.user());
        this.addresses = new RateTable(settings.address());
        settings.groups().forEach((group, rate) -> groups.put(group, SharedRate.of(rate)));
        settings.clients().forEach((network, rate) -> clients.put(network, SharedRate.of(rate)));
        settings.servers().forEach((network, rate) -> servers.put(network, SharedRate.of(rate)));
    }

    /**
     * Returns the policy of these settings.
     *
     * @param total what all gateways of the program share
     */
    public static TransferPolicy of(BandwidthSettings settings, Rate ofTotal, SharedRate total) {
        return settings.equals(BandwidthSettings.NONE) && !ofTotal.isLimited()
                ? TransferPolicy.NONE
                : new Bandwidths(settings, total);
    }

    @Override
    public TransferTerms terms(FtpCommand command, FilterContext session) {
        // From the slowest, as a rule, to the one that most share.
        List<SharedRate> all = new ArrayList<>();
        all.add(SharedRate.of(settings.transfer()));
        if (settings.user().isLimited()) {
            user(session).ifPresent(name -> all.add(users.of(name)));
        }
        if (settings.address().isLimited()) {
            all.add(addresses.of(IpLiteral.canonical(session.client().getAddress())));
        }
        groups.forEach((group, rate) -> {
            if (session.proxyUser()
                    .filter(user -> user.groups().contains(group))
                    .isPresent()) {
                all.add(rate);
            }
        });
        addOf(clients, Optional.of(session.client()), all);
        addOf(servers, session.server(), all);
        all.add(listener);
        all.add(total);
        return new TransferTerms(allowances(all, Side.CLIENT), allowances(all, Side.SERVER));
    }

    private static void addOf(Map<Cidr, SharedRate> networks, Optional<InetSocketAddress> peer, List<SharedRate> all) {
        peer.filter(address -> !address.isUnresolved())
                .ifPresent(address -> networks.forEach((network, rate) -> {
                    if (network.contains(address.getAddress())) {
                        all.add(rate);
                    }
                }));
    }

    /** The gateway's own user, where there are some; else that of the server. */
    private static Optional<String> user(FilterContext session) {
        return session.proxyUser().map(ProxyUser::name).or(session::user);
    }

    private static List<ByteAllowance> allowances(List<SharedRate> all, Side side) {
        return all.stream()
                .<ByteAllowance>flatMap(rate -> rate.to(side).stream())
                .toList();
    }
}
