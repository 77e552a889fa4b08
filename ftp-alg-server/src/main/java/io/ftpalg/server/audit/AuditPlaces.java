package io.ftpalg.server.audit;

import io.ftpalg.policy.AlgListener.Leg;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The fields of the ends of connections: address, port and TLS. Stateless. */
final class AuditPlaces {

    private AuditPlaces() {}

    /** Whose end it is. */
    enum Place {
        CLIENT(AuditField.CLIENT_IP, AuditField.CLIENT_PORT),
        LISTENER(AuditField.LISTENER_IP, AuditField.LISTENER_PORT),
        SERVER(AuditField.SERVER_IP, AuditField.SERVER_PORT),
        CLIENT_DATA(AuditField.CLIENT_DATA_IP, AuditField.CLIENT_DATA_PORT),
        SERVER_DATA(AuditField.SERVER_DATA_IP, AuditField.SERVER_DATA_PORT),
        NAMED(AuditField.NAMED_IP, AuditField.NAMED_PORT);

        private final AuditField ip;
        private final AuditField port;

        Place(AuditField ip, AuditField port) {
            this.ip = ip;
            this.port = port;
        }
    }

    /** Returns the fields of a session of which nothing else is known. */
    static Fields session(long session) {
        return new Fields().put(AuditField.SESSION, session);
    }

    static void put(Fields fields, Place place, InetSocketAddress address) {
        fields.put(place.ip, address.isUnresolved() ? address.getHostString() : IpLiteral.format(address.getAddress()));
        fields.put(place.port, address.getPort());
    }

    /** Adds the TLS of a control connection. */
    static void putTls(Fields fields, Place side, Optional<TlsDetails> tls) {
        boolean client = side == Place.CLIENT;
        fields.put(
                        client ? AuditField.CLIENT_TLS_VERSION : AuditField.SERVER_TLS_VERSION,
                        tls.map(TlsDetails::protocol))
                .put(client ? AuditField.CLIENT_TLS_CIPHER : AuditField.SERVER_TLS_CIPHER, tls.map(TlsDetails::cipher))
                .put(
                        client ? AuditField.CLIENT_TLS_RESUMED : AuditField.SERVER_TLS_RESUMED,
                        tls.flatMap(TlsDetails::resumed))
                .put(
                        client ? AuditField.CLIENT_CERTIFICATE : AuditField.SERVER_CERTIFICATE,
                        tls.flatMap(TlsDetails::peerSubject));
        if (client) {
            fields.put(AuditField.CLIENT_TLS_NAME, tls.flatMap(TlsDetails::serverName));
        }
    }

    /** Adds a data connection. */
    static void putLeg(Fields fields, Place side, Leg leg) {
        boolean client = side == Place.CLIENT_DATA;
        fields.put(
                        client ? AuditField.CLIENT_DATA_SYNTAX : AuditField.SERVER_DATA_SYNTAX,
                        leg.syntax().name())
                .put(
                        client ? AuditField.CLIENT_DATA_TLS_VERSION : AuditField.SERVER_DATA_TLS_VERSION,
                        leg.tls().map(TlsDetails::protocol))
                .put(
                        client ? AuditField.CLIENT_DATA_TLS_CIPHER : AuditField.SERVER_DATA_TLS_CIPHER,
                        leg.tls().map(TlsDetails::cipher))
                .put(
                        client ? AuditField.CLIENT_DATA_TLS_RESUMED : AuditField.SERVER_DATA_TLS_RESUMED,
                        leg.tls().flatMap(TlsDetails::resumed));
        leg.remote().ifPresent(remote -> put(fields, side, remote));
    }
}
