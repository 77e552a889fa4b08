package io.ftpalg.control.server;

import io.ftpalg.haproxy.ProxyTlvs;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.tls.TlsDetails;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Both ends of a client's control connection, as a PROXY header names them. Constant.
 *
 * @param client the client's address, as named by a balancer in front
 * @param destination the address that the client connected to, likewise
 * @param session the number of its session
 */
public record ClientEnds(InetSocketAddress client, InetSocketAddress destination, long session) {

    /**
     * Returns those of a data connection to this port of a server: the client may have none with the gateway yet, and a balancer in
     * front of the server that has several ports forwards to the one that the header names.
     */
    ClientEnds towards(int port) {
        return new ClientEnds(client, new InetSocketAddress(destination.getAddress(), port), session);
    }

    /** Returns the header that names them; what it has of TLS is what there is at present. */
    SentProxyHeader header(SendProxy how, Optional<TlsDetails> tls) {
        List<HAProxyTLV> tlvs = new ArrayList<>();
        if (how.tlvs().contains(SendProxy.Tlv.AUTHORITY)) {
            tls.flatMap(TlsDetails::serverName).flatMap(ProxyTlvs::authority).ifPresent(tlvs::add);
        }
        if (how.tlvs().contains(SendProxy.Tlv.SSL)) {
            tls.map(made -> ProxyTlvs.ssl(made.protocol(), made.cipher(), made.peerSubject()))
                    .ifPresent(tlvs::add);
        }
        if (how.tlvs().contains(SendProxy.Tlv.UNIQUE_ID)) {
            ProxyTlvs.uniqueId(String.valueOf(session)).ifPresent(tlvs::add);
        }
        return SentProxyHeader.of(version(how), client, destination, tlvs);
    }

    /** Returns the header of a connection that is no client's. */
    static SentProxyHeader headerOfCheck(SendProxy how) {
        return SentProxyHeader.ofGateway(version(how));
    }

    private static HAProxyProtocolVersion version(SendProxy how) {
        return switch (how.version()) {
            case V1 -> HAProxyProtocolVersion.V1;
            case V2 -> HAProxyProtocolVersion.V2;
        };
    }
}
