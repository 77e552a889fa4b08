package io.ftpalg.routing;

import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers that clients may choose, by a login or, in transparent mode, by connecting to them; without a rule, none. Immutable, and shared by all sessions.
 *
 * <p>Addresses are judged, not names: every address that a name resolved to must pass, or the login goes nowhere, and
 * exactly the judged addresses are dialled. So a name that resolves to something else the next time gains nothing.
 */
public final class TargetRules {
    /** Any server on the public Internet, on port 21. */
    public static final TargetRules PUBLIC = of(TargetRule.anyPublic(List.of(new PortRange(21, 21))));

    private final List<TargetRule> rules;

    private TargetRules(List<TargetRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Returns these rules; an address passes if one of them admits it. */
    public static TargetRules of(List<TargetRule> rules) {
        return new TargetRules(rules);
    }

    /**
     * Returns the addresses to dial, in the order of the resolver.
     *
     * @param asked what the login named
     * @param resolved all addresses of it
     * @throws RouteRefusedException if one of them is not allowed, with a reason for the log
     */
    public List<InetSocketAddress> check(HostPort asked, List<InetAddress> resolved) throws RouteRefusedException {
        if (resolved.isEmpty()) {
            throw new RouteRefusedException("target " + asked + " has no address");
        }
        List<InetSocketAddress> servers = new ArrayList<>(resolved.size());
        for (InetAddress address : resolved) {
            if (rules.stream().noneMatch(rule -> rule.admits(asked, address))) {
                throw new RouteRefusedException(
                        "target " + asked + " is not allowed at address " + IpLiteral.format(address));
            }
            servers.add(new InetSocketAddress(dialled(address), asked.port()));
        }
        return List.copyOf(servers);
    }

    /** Returns whether some rule could admit what was asked for at some address. */
    boolean mayAdmit(HostPort asked) {
        return rules.stream().anyMatch(rule -> rule.mayAdmit(asked));
    }

    /** Refuses what no rule could admit at any address, so that a gateway that is closed looks up nothing. */
    void checkBeforeLookup(HostPort asked) throws RouteRefusedException {
        if (!mayAdmit(asked)) {
            throw new RouteRefusedException("target " + asked + " is not allowed");
        }
    }

    /**
     * Allows a name whose addresses only a proxy will learn.
     *
     * @throws RouteRefusedException if no rule names it: one for a network, however wide, does not do
     */
    void checkName(HostPort asked) throws RouteRefusedException {
        if (rules.stream().noneMatch(rule -> rule.names(asked))) {
            throw new RouteRefusedException("target " + asked
                    + " is a name, which the proxy looks up: only a rule with that name can allow it");
        }
    }

    /** A zone is needed for dialling a link-local address; IPv4 in an IPv6 wrapping is dialled as what was judged. */
    private static InetAddress dialled(InetAddress address) {
        InetAddress canonical = IpLiteral.canonical(address);
        return canonical instanceof Inet4Address ? canonical : address;
    }

    @Override
    public String toString() {
        return rules.toString();
    }
}
