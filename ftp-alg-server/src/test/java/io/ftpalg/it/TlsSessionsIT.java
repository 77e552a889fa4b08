package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many sessions at a time to servers that demand that each data connection resumes the TLS session of its own control
 * connection: a gateway that resumes some other session passes with one session, and fails here.
 */
class TlsSessionsIT {
    private static final int ROUNDS = 2;
    private static final List<DataSyntax> SYNTAXES = List.of(DataSyntax.values());
    private static final List<TlsVersion> VERSIONS = List.of(TlsVersion.values());

    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    record Load(ServerKind server, int sessions, TlsEngine engine, Protection client) {
        @Override
        public String toString() {
            return sessions + " clients " + client + " -> " + engine + " -> " + server;
        }
    }

    static Stream<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (TlsEngine engine : TlsEngine.values()) {
            for (ServerKind server : List.of(ServerKind.VSFTPD, ServerKind.PROFTPD)) {
                for (int sessions : new int[] {2, 20}) {
                    loads.add(new Load(server, sessions, engine, Protection.CLEAR));
                    loads.add(new Load(server, sessions, engine, Protection.EXPLICIT));
                }
            }
        }
        return loads.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void resumeEachTheirOwn(Load load) throws Exception {
        TlsGateway gateway = WORLD.gateway(
                load.server(),
                Protection.EXPLICIT,
                "--tls-engine",
                load.engine().option());
        CountDownLatch loggedIn = new CountDownLatch(load.sessions());
        ExecutorService threads = Executors.newFixedThreadPool(load.sessions());
        try {
            List<Callable<Integer>> sessions = new ArrayList<>();
            for (int i = 0; i < load.sessions(); i++) {
                int number = i;
                sessions.add(() -> session(gateway, load, number, loggedIn));
            }
            List<Future<Integer>> running =
                    sessions.stream().map(threads::submit).toList();

            for (Future<Integer> session : running) {
                assertThat(get(session, gateway)).isEqualTo(4 * ROUNDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns how many transfers succeeded, which is all of them or there is an exception. */
    private static int session(TlsGateway gateway, Load load, int number, CountDownLatch loggedIn) throws Exception {
        byte[] content = Payload.bytes(50_000 + number);
        String name = UUID.randomUUID().toString();
        DataSyntax syntax = SYNTAXES.get(number % SYNTAXES.size());
        int transfers = 0;
        try (RawFtp ftp =
                RawFtp.login(gateway.target(load.client()), load.client(), WORLD.tls(VERSIONS.get(number % 2)))) {
            loggedIn.countDown();
            assertThat(loggedIn.await(30, TimeUnit.SECONDS))
                    .as("all are logged in at a time")
                    .isTrue();
            for (int round = 0; round < ROUNDS; round++) {
                ftp.upload(syntax, "STOR " + name, content);
                assertThat(ftp.download(syntax, "LIST")).asString(ISO_8859_1).contains(name);
                assertThat(ftp.download(syntax, "RETR " + name)).isEqualTo(content);
                ftp.upload(syntax, "STOR " + name, content);
                transfers += 4;
            }
            assertThat(ftp.ask("DELE " + name).code()).isEqualTo(250);
            assertThat(ftp.ask("QUIT").code()).isEqualTo(221);
            return transfers;
        }
    }

    private static int get(Future<Integer> session, TlsGateway gateway) throws Exception {
        try {
            return session.get(90, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(gateway.server().log(), e.getCause());
        }
    }
}
