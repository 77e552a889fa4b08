package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A clean and an infected file through one jar with clamd, both ways, by every client, active and passive, in the clear and under TLS. All
 * sixteen combinations of these four on both sides occur; each client meets two of them.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectionMatrixIT {
    private static final int SIZE = 2_000_000;
    private static final int HELD_BACK = 64 << 10;
    private static final String REJECTED = "[45]\\d\\d:? Transfer rejected: virus Eicar-Test";
    private static final String RESET = "(?i)connection reset|broken pipe|CopyStreamException";
    /** Those that read the reply to a download whose data connection was reset. */
    private static final Set<String> READ_ON = Set.of("lftp", "tnftp", "inetutils-ftp", "ncftp");

    private final TlsMaterial material = TlsMaterial.create();
    private final Clamd clamd = Clamd.start();
    private final TestServer clear = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);
    private final TestServer secure = Vsftpd.start(Loopback.SERVER, ServerSecurity.of(Protection.EXPLICIT, material));
    private final Path folder = Workspace.create("inspection-matrix");
    private final Path clean = Payload.file(folder.resolve("clean"), SIZE);
    private final Path infected = Payload.file(folder.resolve("infected"), infected());
    private final ConfiguredJar jar = start();

    /** One client, and how it and the gateway transfer. */
    record Combination(
            FtpClient client, ClientSecurity security, DataSyntax syntax, boolean activeServer, boolean secureServer) {

        /** Returns the number of its listener. */
        int listener() {
            return (activeServer ? 1 : 0) + (secureServer ? 2 : 0);
        }

        String file(String name) {
            return name + '-' + client.name() + '-' + security.protection() + '-' + syntax + '-' + listener();
        }

        @Override
        public String toString() {
            return client.name() + " " + security + " " + syntax + " -> " + (activeServer ? "active" : "passive") + " "
                    + (secureServer ? "EXPLICIT" : "CLEAR");
        }
    }

    Stream<Combination> combinations() {
        ClientSecurity tls = ClientSecurity.of(Protection.EXPLICIT, TlsVersion.TLS_1_2, material);
        List<FtpClient> secured = TlsClients.all(tls, material);
        List<Combination> combinations = new ArrayList<>();
        for (int i = 0; i < Clients.ALL.size(); i++) {
            addCombinations(combinations, Clients.ALL.get(i), Clients.ALL.get(i), ClientSecurity.NONE, i);
        }
        for (int i = 0; i < secured.size(); i++) {
            FtpClient client = secured.get(i);
            // That of Debian 12 cannot upload in active mode under TLS.
            addCombinations(combinations, client, client.name().equals("curl") ? secured.get(2) : client, tls, i);
        }
        return combinations.stream();
    }

    private static void addCombinations(
            List<Combination> combinations, FtpClient passive, FtpClient active, ClientSecurity security, int turn) {
        DataSyntax pasv = turn % 2 == 0 ? DataSyntax.PASV : DataSyntax.EPSV;
        DataSyntax eprt = turn % 2 == 0 ? DataSyntax.EPRT : DataSyntax.PORT;
        combinations.add(new Combination(
                passive, security, one(passive, pasv, DataSyntax.PASV), turn % 2 == 1, turn / 2 % 2 == 1));
        combinations.add(new Combination(
                active, security, one(active, eprt, DataSyntax.PORT), turn % 2 == 0, turn / 2 % 2 == 0));
    }

    private static DataSyntax one(FtpClient client, DataSyntax wanted, DataSyntax otherwise) {
        return client.syntaxes(false).contains(wanted) ? wanted : otherwise;
    }

    @BeforeAll
    void offerAnInfectedFile() throws IOException {
        for (TestServer server : List.of(clear, secure)) {
            Files.copy(infected, server.files().resolve("virus"));
        }
    }

    @AfterAll
    void stop() {
        jar.close();
        secure.close();
        clear.close();
        clamd.close();
        material.close();
        Workspace.delete(folder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void cleanFilesArriveWholeAndInfectedOnesDoNot(Combination combination) throws Exception {
        combination.client().require();
        TestServer server = combination.secureServer() ? secure : clear;
        Path got = folder.resolve(combination.file("got"));
        Path virus = folder.resolve(combination.file("virus"));
        String name = combination.file("clean");
        String rejected = combination.file("infected");

        String passed = run(combination, server, new Step.Put(clean, name), new Step.Get(name, got));
        assertThat(Payload.sha256(server.files().resolve(name))).as(passed).isEqualTo(Payload.sha256(clean));
        assertThat(Payload.sha256(got)).as(passed).isEqualTo(Payload.sha256(clean));

        String upload = run(combination, server, new Step.Put(infected, rejected));
        assertThat(size(server.files().resolve(rejected))).as(upload).isLessThanOrEqualTo(SIZE - HELD_BACK);
        assertThat(upload).containsPattern(REJECTED);

        String download = run(combination, server, new Step.Get("virus", virus));
        assertThat(size(virus)).as(download).isLessThanOrEqualTo(SIZE - HELD_BACK);
        assertThat(download)
                .containsPattern(READ_ON.contains(combination.client().name()) ? REJECTED : RESET);
    }

    private String run(Combination combination, TestServer server, Step... steps) {
        InetSocketAddress address = jar.addresses().get(combination.listener());
        return combination
                .client()
                .run(
                        folder,
                        new Target(address, server.user(), server.password()),
                        combination.syntax(),
                        List.of(steps));
    }

    private ConfiguredJar start() {
        StringBuilder config = new StringBuilder("listeners:\n");
        for (String upstream : List.of(
                "'%s'".formatted(Target.of(clear).authority()),
                "'ftpes://%s'\n    upstream-tls: {ca: '%s'}"
                        .formatted(Target.of(secure).authority(), material.authority()))) {
            for (String mode : List.of("passive", "active")) {
                config.append("""
                          - bind: 127.0.0.3:0
                            upstream: %s
                            server-mode: %s
                            tls: {certificates: [{cert: '%s', key: '%s'}]}
                            inspection: {clamav: {address: '%s'}}
                        """.formatted(
                                upstream,
                                mode,
                                material.gateway().certificate(),
                                material.gateway().key(),
                                clamd.socket()));
            }
        }
        try {
            return ConfiguredJar.start(folder, config.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] infected() {
        byte[] bytes = Payload.bytes(SIZE);
        System.arraycopy(Clamd.EICAR, 0, bytes, SIZE / 2, Clamd.EICAR.length);
        return bytes;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
