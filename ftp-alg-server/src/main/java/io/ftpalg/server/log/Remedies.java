package io.ftpalg.server.log;

import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.AlgListener.TlsFailed;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What an operator can do about a failure, by the names of the options; the config file has keys of the same names. Stateless. */
public final class Remedies {
    private Remedies() {}

    /** Returns what to do about a data connection that failed, if that is known. */
    public static Optional<String> of(DataConnectionFailed event) {
        boolean client = event.side() == Side.CLIENT;
        return switch (event.failure()) {
            case NO_PORT -> Optional.of(client ? "widen --passive-ports" : "widen source-ports");
            case SHARE_HELD -> Optional.of("raise --passive-share, if many clients share this address");
            case NO_SOCKET -> Optional.empty();
            case NOT_ACCEPTED ->
                Optional.of(
                        client
                                ? "let the client use passive mode, or open its ports in the firewall"
                                : event.named()
                                        .map(host -> "the 227 named " + IpLiteral.format(host) + ": set --pasv-address "
                                                + network(host) + ", if its data ports are there")
                                        .orElse("open the server's data ports in the firewall"));
            case NO_ADDRESS ->
                Optional.of(
                        "give --passive-address as an address, or a name that the name server has an IPv4 address of");
            case NOT_CONNECTED ->
                Optional.of(
                        client
                                ? "open the ports of --passive-ports in the firewall; behind NAT set --passive-address"
                                : "open the firewall for connections from the server, or set --server-mode passive");
            case UNEXPECTED_PEERS ->
                Optional.of("set --data-peers, if they are the " + name(event.side()) + "'s other addresses");
        };
    }

    /** Returns what to do about a client that was refused, if that is known. */
    public static Optional<String> of(SessionRefused event) {
        return Optional.ofNullable(
                switch (event.cause()) {
                    case NOT_REDIRECTED ->
                        "connect to the FTP server's address, not to the gateway's; if the client did, load the rules that"
                                + " ftp-alg rules prints, and check connection tracking";
                    case NO_PROXY_HEADER ->
                        "let the balancer send the header (HAProxy: send-proxy-v2), or set proxy-protocol.required to false, if"
                                + " clients of this network connect themselves";
                    case BAD_PROXY_HEADER ->
                        "let the balancer send version 1 or 2 of the PROXY protocol, at most 536 bytes, when it connects";
                    case TARGET_DENIED ->
                        "give the server and its port in forward.allow, if clients may connect to it; port 990 needs tls too";
                    case BAD_REQUEST -> "set the client to the protocol of the listener (protocol: socks5 or http)";
                    case LOGIN_REFUSED -> "give the client a user and password of login.users-file or login.ldap";
                    default -> null;
                });
    }

    /** Returns what to do about TLS that failed, if that is known. */
    public static Optional<String> of(TlsFailed event) {
        return event.side() == Side.CLIENT ? ofClient(event) : ofServer(event);
    }

    private static Optional<String> ofServer(TlsFailed event) {
        return Optional.ofNullable(
                switch (event.failure().kind()) {
                    case VERSION ->
                        "set --upstream-tls-max 1.3, if the server has TLS 1.3 only; versions before 1.2 are not supported";
                    case OWN_CERTIFICATE ->
                        "give a certificate that the server accepts: --upstream-cert, --upstream-key";
                    case NOT_TLS ->
                        event.data()
                                ? "set --upstream-data-tls clear, if the server's data connections are never under TLS"
                                : "give the server as ftpes://, or ftp://, if it has no implicit TLS";
                    case REFUSED ->
                        "set --upstream-tls auto, if the server has no TLS, or --upstream-data-tls clear, if it has none for data";
                    case TRUNCATED -> lenientEnd(Side.SERVER);
                    // The detail of a certificate that is not accepted has the remedy.
                    case CERTIFICATE, NOT_RESUMED, OTHER -> null;
                });
    }

    private static Optional<String> ofClient(TlsFailed event) {
        return Optional.ofNullable(
                switch (event.failure().kind()) {
                    case VERSION -> "set --tls-profile intermediate for TLS 1.2; versions before are not supported";
                    case CERTIFICATE -> "give the CA of the clients' certificates: --tls-client-ca";
                    case OWN_CERTIFICATE ->
                        "give a certificate of a CA that the client has, for the name that it connects to: --tls-cert";
                    case NOT_TLS -> event.data() ? null : "set --listen for clients that start without TLS";
                    case NOT_RESUMED -> "leave out --tls-require-data-reuse, if the client cannot resume";
                    case TRUNCATED -> lenientEnd(Side.CLIENT);
                    case REFUSED, OTHER -> null;
                });
    }

    /** Returns what to do about a peer that was rejected, if that is known. */
    public static Optional<String> of(Rejected event) {
        Optional<InetAddress> foreign = event.named()
                .map(InetSocketAddress::getAddress)
                .filter(host -> event.peer().isUnresolved()
                        || !IpLiteral.sameHost(host, event.peer().getAddress()));
        return switch (event.reason()) {
            case FOREIGN_DATA_PEER ->
                Optional.of("set --data-peers " + network(event.peer().getAddress()) + ", if it is the "
                        + name(event.side()));
            case BOUNCE -> foreign.map(host -> "set --data-peers " + network(host) + ", if it is the client");
            case BAD_PASSIVE_REPLY ->
                foreign.map(host -> "set --pasv-address " + network(host) + ", if its data ports are there");
            case TLS_TRUNCATION -> Optional.of(lenientEnd(event.side()));
            case UNSOLICITED_REPLY,
                    PASSIVE_PORTS_EXHAUSTED,
                    PASSIVE_SHARE_OF_THIS_ADDRESS,
                    TARGET_DENIED,
                    TLS_INJECTION -> Optional.empty();
        };
    }

    private static String lenientEnd(Side side) {
        return side == Side.SERVER
                ? "set --upstream-lenient-end, if the server always ends TLS like this"
                : "set --tls-lenient-end, if the client always ends TLS like this";
    }

    private static String name(Side side) {
        return side == Side.CLIENT ? "client" : "server";
    }

    /** The network of this host alone. */
    private static String network(InetAddress host) {
        return IpLiteral.format(host) + '/' + 8 * IpLiteral.canonical(host).getAddress().length;
    }
}
