package io.ftpalg.routing;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions a rule is about: all that match each of these, of which an empty one matches everything.
 *
 * @param users patterns of user names, {@code *} for any characters and {@code ?} for one, upper and lower case being
 *     different; compared with the user for the server, or with the gateway's own user where there is none
 * @param groups groups of the gateway's own users
 * @param hosts what the client may call the gateway (HOST, SNI): a name, or {@code *.example.com} for all names below one
 * @param clients networks that the client may come from
 * @param destinations networks that the client may have connected to, in transparent mode
 */
public record RouteMatch(
        List<String> users, Set<String> groups, List<String> hosts, List<Cidr> clients, List<Cidr> destinations) {
    /** Every session. */
    public static final RouteMatch ALL = new RouteMatch(List.of(), Set.of(), List.of(), List.of());

    public RouteMatch {
        users = List.copyOf(users);
        groups = Set.copyOf(groups);
        hosts = hosts.stream().map(HostPort::canonicalName).toList();
        clients = List.copyOf(clients);
        destinations = List.copyOf(destinations);
        for (String host : hosts) {
            String name = host.startsWith("*.") ? host.substring(2) : host;
            if (name.indexOf(':') >= 0
                    || IpLiteral.parse(name).isPresent()
                    || HostPort.parse(name).isEmpty()) {
                throw new IllegalArgumentException("not a host name, nor *. and one: " + host);
            }
        }
        if (users.contains("") || groups.contains("")) {
            throw new IllegalArgumentException("a user or group is not empty");
        }
    }

    /** Makes the match of sessions with any destination. */
    public RouteMatch(List<String> users, Set<String> groups, List<String> hosts, List<Cidr> clients) {
        this(users, groups, hosts, clients, List.of());
    }

    /** Returns whether the session is one of these. */
    public boolean matches(RouteRequest request) {
        return (clients.isEmpty() || contains(clients, request.client()))
                && (destinations.isEmpty()
                        || request.originalDestination()
                                .filter(address -> contains(destinations, address))
                                .isPresent())
                && (hosts.isEmpty() || request.host().filter(this::names).isPresent())
                && (groups.isEmpty()
                        || request.proxyUser().filter(this::hasGroup).isPresent())
                && (users.isEmpty() || user(request).filter(this::hasUser).isPresent());
    }

    private static boolean contains(List<Cidr> networks, InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Returns whether this is one of the names that a client may send; without names, none is. */
    public boolean names(String host) {
        String called = HostPort.canonicalName(host);
        return hosts.stream()
                .anyMatch(name -> name.startsWith("*.")
                        ? called.length() >= name.length() && called.endsWith(name.substring(1))
                        : called.equals(name));
    }

    /** Returns whether it must be known what the client says before it is known who matches. */
    boolean asksTheClient() {
        return !users.isEmpty() || !groups.isEmpty() || !hosts.isEmpty();
    }

    private static Optional<String> user(RouteRequest request) {
        return request.user().or(() -> request.proxyUser().map(ProxyUser::name));
    }

    private boolean hasGroup(ProxyUser user) {
        return user.groups().stream().anyMatch(groups::contains);
    }

    private boolean hasUser(String user) {
        return users.stream().anyMatch(pattern -> isLike(user, pattern));
    }

    /**
     * Goes through both once, and back to the last star when stuck: names come from clients, and a regular expression could be
     * made to take its time over one.
     */
    private static boolean isLike(String text, String pattern) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
                at++;
                in++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(in).allMatch(left -> left == '*');
    }
}
