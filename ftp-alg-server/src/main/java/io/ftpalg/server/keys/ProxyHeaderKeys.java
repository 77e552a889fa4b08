package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of PROXY headers, those that are received ({@code proxy-protocol}) and those that are sent ({@code send-proxy}), and the
 * settings that they come to.
 */
final class ProxyHeaderKeys {
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

    static final Key<SendProxy.Version> VERSION = Key.choice(
                    "version", SendProxy.Version.values(), "version of the PROXY protocol; v1 is text, v2 is binary")
            .needed();
    static final Key<Boolean> SEND_DATA = Key.flag(
                    "data",
                    "data connections to the server begin with the header too; those that the server makes do not")
            .standard("false");
    static final Key<SendProxy.Tlv> TLVS = Key.of(
                    "tlvs",
                    CHOICE,
                    Choices.names(SendProxy.Tlv.values(), "|"),
                    "further parts of a header of v2, as far as known when the gateway connects: authority, the name of the client's TLS"
                            + " handshake (SNI); ssl, its TLS version, cipher and the CN of its certificate; unique-id, the session's"
                            + " number in the log",
                    text -> Choices.oneOf(SendProxy.Tlv.values(), text))
            .repeatable();
    static final Section SEND_PROXY = Section.of(
                    "send-proxy",
                    "PROXY header with which connections to servers begin; it names the client, and the address that it connected to",
                    VERSION,
                    SEND_DATA,
                    TLVS)
            .orOnly(VERSION);

    private ProxyHeaderKeys() {}

    /** Returns how headers of balancers are handled, if the listener receives them. */
    static Optional<ProxyProtocol> received(Given listener) {
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

    /** Returns the header that is given there, or that above if none is. */
    static Optional<SendProxy> sent(Given given, Optional<SendProxy> above) {
        if (!given.offers(SEND_PROXY) || !given.has(SEND_PROXY)) {
            return above;
        }
        Given section = given.section(SEND_PROXY);
        return section.one(VERSION)
                .flatMap(version -> section.whole(
                        () -> new SendProxy(version, section.get(SEND_DATA), Set.copyOf(section.all(TLVS))), TLVS));
    }
}
