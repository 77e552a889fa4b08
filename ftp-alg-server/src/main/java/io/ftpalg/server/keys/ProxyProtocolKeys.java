package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.Key.Kind.TEXT;

import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.protocol.Cidr;
import java.util.Optional;

/** The keys of {@code proxy-protocol}, and the {@link ProxyProtocol} that they make. */
public final class ProxyProtocolKeys {
    static final Key<Cidr> FROM = Key.of(
                    "from",
                    TEXT,
                    "CIDR",
                    "networks of the balancers; a header from elsewhere is a bad command",
                    Meanings::network)
            .repeatable()
            .needed();
    static final Key<Boolean> REQUIRED = Key.flag(
                    "required",
                    "close connections of these networks that begin without a header; otherwise they are clients' own, and greeted"
                            + " after limits.proxy-header-timeout if they send nothing")
            .standard("true");
    static final Key<Boolean> DATA = Key.flag(
                    "data",
                    "data connections of these networks to passive-ports begin with a header too; the peer that it names must be the"
                            + " client")
            .standard("false");
    static final Section PROXY_PROTOCOL = Section.of(
            "proxy-protocol",
            "balancers that name the client in a PROXY header, version 1 or 2; its address counts everywhere, and 227 replies announce"
                    + " the address that it connected to",
            FROM,
            REQUIRED,
            DATA);

    private ProxyProtocolKeys() {}

    static Optional<ProxyProtocol> read(Given listener) {
        if (!listener.has(PROXY_PROTOCOL)) {
            return Optional.empty();
        }
        if (listener.has(ListenerKeys.TRANSPARENT)) {
            String name = listener.names().of(PROXY_PROTOCOL);
            listener.problem(
                    name + " and " + listener.names().of(ListenerKeys.TRANSPARENT)
                            + " exclude each other, since clients come by a balancer or by the packet filter: leave "
                            + name
                            + " out",
                    PROXY_PROTOCOL);
        }
        Given section = listener.section(PROXY_PROTOCOL);
        return section.all(FROM).isEmpty()
                ? Optional.empty()
                : Optional.of(new ProxyProtocol(section.all(FROM), section.get(REQUIRED), section.get(DATA)));
    }
}
