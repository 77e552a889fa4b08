package io.ftpalg.server.settings;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that clients connect to, at least one.
 *
 * @param plain where a session begins in the clear
 * @param implicitTls where TLS begins with the connection
 */
public record BindSettings(List<InetSocketAddress> plain, List<InetSocketAddress> implicitTls) {
    public BindSettings {
        plain = List.copyOf(plain);
        implicitTls = List.copyOf(implicitTls);
    }

    /** Returns all of them. */
    public List<InetSocketAddress> all() {
        return Stream.concat(plain.stream(), implicitTls.stream()).toList();
    }
}
