package io.ftpalg.policy.route;

import io.ftpalg.protocol.DataSyntax;
import java.util.List;

/** How the gateway agrees a data port with the server; the reply to the client is always in the client's own syntax. */
public enum ServerDataMode {
    /** As the client does, where the address family of the server connection allows. */
    CLIENT,
    /** PASV or EPSV: the gateway connects to the server. */
    PASSIVE,
    /** PORT or EPRT: the server connects to the gateway. */
    ACTIVE,
    /** Always PORT. */
    PORT,
    /** Always EPRT. */
    EPRT,
    /** Always PASV. */
    PASV,
    /** Always EPSV. */
    EPSV;

    /**
     * Returns what to try with the server, best first: the extended syntax falls back to the old one over IPv4, and
     * IPv6 has the extended ones only (RFC 2428).
     *
     * @param client what the client asked in
     * @param ipv6 whether the server's control connection is IPv6
     */
    public List<DataSyntax> candidates(DataSyntax client, boolean ipv6) {
        boolean passive =
                switch (this) {
                    case CLIENT -> client.passive();
                    case PASSIVE, PASV, EPSV -> true;
                    case ACTIVE, PORT, EPRT -> false;
                };
        DataSyntax extended = passive ? DataSyntax.EPSV : DataSyntax.EPRT;
        DataSyntax old = passive ? DataSyntax.PASV : DataSyntax.PORT;
        if (ipv6) {
            return List.of(extended);
        }
        return switch (this) {
            case CLIENT, PASSIVE, ACTIVE -> client.extended() ? List.of(extended, old) : List.of(old);
            case PORT, PASV -> List.of(old);
            case EPRT, EPSV -> List.of(extended);
        };
    }
}
