package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any client, in the clear or under TLS, through the gateway to any server, in the clear or under TLS. Each way to
 * protect both sides meets each server with each client and with each syntax once; engines and versions take turns.
 */
class TlsMatrixIT {
    private static final List<TlsEngine> ENGINES = List.of(TlsEngine.values());
    private static final List<TlsVersion> VERSIONS = List.of(TlsVersion.values());
    private static final List<Integer> SMALL = List.of(1, (64 << 10) + 1);
    private static final List<Integer> LARGE = List.of(64 << 20);

    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    record Combination(
            FtpClient client,
            ClientSecurity security,
            DataSyntax syntax,
            ServerKind server,
            Protection towardsServer,
            TlsVersion version,
            TlsEngine engine) {

        TlsGateway gateway() {
            return towardsServer == Protection.CLEAR
                    ? WORLD.gateway(server, towardsServer, "--tls-engine", engine.option())
                    : WORLD.gateway(
                            server,
                            towardsServer,
                            "--tls-engine",
                            engine.option(),
                            "--upstream-tls-max",
                            version.number());
        }

        @Override
        public String toString() {
            String server = towardsServer == Protection.CLEAR ? "CLEAR" : towardsServer + " " + version.number();
            return client.name() + " " + security + " " + syntax + " -> " + engine + " -> " + this.server + " "
                    + server;
        }
    }

    static Stream<Combination> combinations() {
        List<Combination> combinations = new ArrayList<>();
        int turn = 0;
        for (Protection client : Protection.values()) {
            for (Protection server : Protection.values()) {
                for (ServerKind kind : ServerKind.values()) {
                    if (client != server || client != Protection.CLEAR) {
                        addCells(combinations, client, server, kind, turn);
                        turn++;
                    }
                }
                // Four servers and four syntaxes: else each would meet the same one always.
                turn++;
            }
        }
        return combinations.stream().filter(combination -> combination.server().supports(combination.towardsServer()));
    }

    private static void addCells(
            List<Combination> combinations, Protection client, Protection server, ServerKind kind, int turn) {
        for (int i = 0; i < DataSyntax.values().length; i++) {
            TlsEngine engine = ENGINES.get((turn + i) % 2);
            ClientSecurity security = client == Protection.CLEAR
                    ? ClientSecurity.NONE
                    : ClientSecurity.of(client, VERSIONS.get((turn + i / 2) % 2), WORLD.material());
            List<FtpClient> clients = TlsClients.all(security, WORLD.material());
            combinations.add(new Combination(
                    clients.get(i),
                    security,
                    syntaxes(client, turn).get(i),
                    kind,
                    server,
                    version(kind, (turn + i) / 2),
                    engine));
        }
    }

    /**
     * Returns all syntaxes in the order of the clients: another one each turn, and none that its client does not know. That of
     * Debian 12, curl 7.88.1, fails at an active upload under TLS with any server ("inet_ntop() failed with errno 97").
     */
    private static List<DataSyntax> syntaxes(Protection client, int turn) {
        List<DataSyntax> syntaxes = new ArrayList<>(List.of(DataSyntax.values()));
        Collections.rotate(syntaxes, turn);
        int curl = 0;
        int lftp = 1;
        if (client != Protection.CLEAR && !syntaxes.get(curl).passive()) {
            Collections.swap(syntaxes, curl, syntaxes.get(2).passive() ? 2 : 3);
        }
        if (syntaxes.get(lftp) == DataSyntax.EPRT) {
            Collections.swap(syntaxes, lftp, syntaxes.get(2) == DataSyntax.PORT ? 2 : 3);
        }
        return syntaxes;
    }

    /** A server that demands resumption gives no client enough tickets of TLS 1.3. */
    private static TlsVersion version(ServerKind kind, int turn) {
        return kind.demandsResumption() ? TlsVersion.TLS_1_2 : VERSIONS.get(turn % 2);
    }

    @ParameterizedTest(name = "{0}")
    // Not at the class: that would run beside other classes.
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("combinations")
    void carriesEveryByteBothWays(Combination combination) {
        check(combination, SMALL);
    }

    static Stream<Combination> largeCells() {
        List<Combination> combinations = new ArrayList<>();
        for (TlsEngine engine : ENGINES) {
            for (int turn = 0; turn < 2; turn++) {
                TlsVersion version = VERSIONS.get(turn);
                ClientSecurity security = ClientSecurity.of(Protection.EXPLICIT, version, WORLD.material());
                combinations.add(new Combination(
                        new Curl(),
                        ClientSecurity.NONE,
                        DataSyntax.EPSV,
                        ServerKind.PURE_FTPD,
                        Protection.EXPLICIT,
                        version,
                        engine));
                combinations.add(new Combination(
                        new Lftp(security),
                        security,
                        DataSyntax.PORT,
                        ServerKind.PURE_FTPD,
                        Protection.CLEAR,
                        version,
                        engine));
                combinations.add(new Combination(
                        new Curl(security),
                        security,
                        DataSyntax.PASV,
                        ServerKind.PROFTPD,
                        Protection.EXPLICIT,
                        version(ServerKind.PROFTPD, turn),
                        engine));
            }
        }
        return combinations.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeCells")
    void carriesLargeFilesBothWays(Combination combination) {
        check(combination, LARGE);
    }

    private static void check(Combination combination, List<Integer> sizes) {
        TlsGateway gateway = combination.gateway();

        String files = RoundTrip.check(
                combination.client(),
                gateway.target(combination.security().protection()),
                combination.syntax(),
                gateway.server(),
                sizes);

        assertThat(gateway.awaitTransfers(files, 2 * sizes.size()))
                .allMatch(line -> line.contains(" end=COMPLETE "))
                .allMatch(line -> line.contains(" client_leg=" + combination.syntax() + ","));
    }
}
