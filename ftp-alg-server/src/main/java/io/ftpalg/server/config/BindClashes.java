package io.ftpalg.server.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds addresses of a config file that cannot be listened on together. */
final class BindClashes {
    private final ConfigProblems problems;

    private record Bind(InetSocketAddress address, ConfigText text) {}

    BindClashes(ConfigProblems problems) {
        this.problems = problems;
    }

    /** Adds a problem for each address that clashes with one before it. */
    void check(ConfigTable root) {
        List<Bind> before = new ArrayList<>();
        for (ConfigTable listener : Stream.of("listeners", "admin")
                .flatMap(section -> root.tables(section).stream())
                .toList()) {
            Stream.of("bind", "implicit-tls-bind")
                    .flatMap(key -> listener.values(key).stream())
                    .forEach(text -> {
                        Bind bind = new Bind((InetSocketAddress) text.value(), text);
                        before.stream()
                                .filter(other -> clash(bind.address(), other.address()))
                                .findFirst()
                                .ifPresent(other -> problems.add(
                                        text.at(),
                                        "'" + text.text() + "' clashes with '"
                                                + other.text().text() + "' in line "
                                                + other.text().at().line()
                                                + ": give each its own address or port"));
                        before.add(bind);
                    });
        }
    }

    static boolean clash(InetSocketAddress one, InetSocketAddress other) {
        return one.getPort() != 0
                && one.getPort() == other.getPort()
                && (covers(one.getAddress(), other.getAddress()) || covers(other.getAddress(), one.getAddress()));
    }

    /** Listening on every IPv6 address takes the port of every IPv4 address too. */
    private static boolean covers(InetAddress wide, InetAddress address) {
        return wide.equals(address)
                || wide.isAnyLocalAddress() && !(wide instanceof Inet4Address && !(address instanceof Inet4Address));
    }
}
