package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.Key.Kind.CHOICE;

import io.ftpalg.policy.route.SendProxy;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code send-proxy}, of a listener or route, and the {@link SendProxy} that they make. */
final class SendProxyKeys {
    static final Key<SendProxy.Version> VERSION = Key.choice(
                    "version", SendProxy.Version.values(), "version of the PROXY protocol; v1 is text, v2 is binary")
            .needed();
    static final Key<Boolean> DATA = Key.flag(
                    "data",
                    "data connections to the server begin with the header too; those that the server makes do not")
            .standard("false");
    static final Key<SendProxy.Tlv> TLVS = Key.of(
                    "tlvs",
                    CHOICE,
                    Meanings.names(SendProxy.Tlv.values(), "|"),
                    "further parts of a header of v2, as far as known when the gateway connects: authority, the name of the client's TLS"
                            + " handshake (SNI); ssl, its TLS version, cipher and the CN of its certificate; unique-id, the session's"
                            + " number in the log",
                    text -> Meanings.oneOf(SendProxy.Tlv.values(), text))
            .repeatable();
    static final Section SEND_PROXY = Section.of(
                    "send-proxy",
                    "PROXY header with which connections to servers begin; it names the client, and the address that it connected to",
                    VERSION,
                    DATA,
                    TLVS)
            .orOnly(VERSION);

    private SendProxyKeys() {}

    /** Returns the header that is given there, or that above if none is. */
    static Optional<SendProxy> read(Given given, Optional<SendProxy> above) {
        if (!given.offers(SEND_PROXY) || !given.has(SEND_PROXY)) {
            return above;
        }
        Given section = given.section(SEND_PROXY);
        return section.one(VERSION)
                .flatMap(version -> section.whole(
                        () -> new SendProxy(version, section.get(DATA), Set.copyOf(section.all(TLVS))), TLVS));
    }
}
