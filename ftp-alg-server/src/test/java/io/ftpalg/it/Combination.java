package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One combination of the matrix.
 *
 * @param client who connects
 * @param syntax how the client agrees data ports
 * @param server who is connected to
 * @param clientIpv6 the family of the client's connection
 * @param serverIpv6 the family of the server's connection
 */
record Combination(FtpClient client, DataSyntax syntax, ServerKind server, boolean clientIpv6, boolean serverIpv6) {

    /** Returns all combinations without a gateway: one connection has one family. */
    static Stream<Combination> direct() {
        return all().filter(combination -> combination.clientIpv6 == combination.serverIpv6);
    }

    /** Returns all combinations. */
    static Stream<Combination> all() {
        List<Combination> combinations = new ArrayList<>();
        for (ServerKind server : ServerKind.values()) {
            for (FtpClient client : Clients.ALL) {
                for (boolean clientIpv6 : new boolean[] {false, true}) {
                    for (DataSyntax syntax : client.syntaxes(clientIpv6)) {
                        combinations.add(new Combination(client, syntax, server, clientIpv6, false));
                        combinations.add(new Combination(client, syntax, server, clientIpv6, true));
                    }
                }
            }
        }
        return combinations.stream();
    }

    @Override
    public String toString() {
        return client.name()
                + ' '
                + syntax
                + (clientIpv6 ? " v6 -> " : " v4 -> ")
                + server
                + (serverIpv6 ? " v6" : " v4");
    }
}
