package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The clients and servers that speak TLS, with nothing between: what fails here, the gateway is not to blame for; and
 * what the servers demand here is real.
 */
class TlsPeersIT {
    private static final Servers SERVERS = new Servers();
    private static final TlsMaterial MATERIAL = TlsMaterial.create();
    private static final List<Integer> SIZES = List.of(1, (64 << 10) + 1);

    record Pair(FtpClient client, ClientSecurity security, ServerKind server) {
        /**
         * Tells whether they can: Commons Net resumes no session, curl none of TLS 1.3 twice, and lftp takes the
         * user_canceled that a Java socket sends before its close_notify in TLS 1.3 for a failure.
         */
        boolean works() {
            boolean modern = security.version() == TlsVersion.TLS_1_3;
            boolean resumes =
                    !client.name().equals("commons-net") && !(client.name().equals("curl") && modern);
            boolean ends = !(client.name().equals("lftp") && modern && server == ServerKind.APACHE);
            return server.supports(security.protection()) && (resumes || !server.demandsResumption()) && ends;
        }

        @Override
        public String toString() {
            return client.name() + " -> " + server + ", " + security;
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.close();
        MATERIAL.close();
    }

    static Stream<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (ServerKind server : ServerKind.values()) {
            for (Protection protection : EnumSet.of(Protection.EXPLICIT, Protection.IMPLICIT)) {
                for (TlsVersion version : TlsVersion.values()) {
                    ClientSecurity security = ClientSecurity.of(protection, version, MATERIAL);
                    TlsClients.all(security, MATERIAL).forEach(client -> pairs.add(new Pair(client, security, server)));
                }
            }
        }
        return pairs.stream().filter(Pair::works);
    }

    @ParameterizedTest(name = "{0}")
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("pairs")
    void understandEachOther(Pair pair) {
        TestServer server =
                SERVERS.get(pair.server(), ServerSecurity.of(pair.security().protection(), MATERIAL));

        RoundTrip.check(pair.client(), Target.of(server), DataSyntax.PASV, server, SIZES);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"VSFTPD", "PROFTPD"})
    void refuseAClientThatDoesNotResume(ServerKind kind) {
        TestServer server = SERVERS.get(kind, ServerSecurity.of(Protection.EXPLICIT, MATERIAL));
        ClientSecurity security = ClientSecurity.of(Protection.EXPLICIT, TlsVersion.TLS_1_2, MATERIAL);
        Path folder = Workspace.create("reuse");
        try {
            String printed = new Ftplib(security.withoutResumption())
                    .run(folder, Target.of(server), DataSyntax.PASV, List.of(new Step.Names(folder.resolve("names"))));

            assertThat(kind.demandsResumption()).isTrue();
            assertThat(printed).containsPattern("(522|425)[ -]").contains("full");
        } finally {
            Workspace.delete(folder);
        }
    }
}
