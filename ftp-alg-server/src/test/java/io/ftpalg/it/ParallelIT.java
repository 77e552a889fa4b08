package io.ftpalg.it;

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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many sessions at a time. */
class ParallelIT {
    private static final int SESSIONS = 50;
    private static final List<DataSyntax> SYNTAXES = List.of(DataSyntax.values());

    @RegisterExtension
    static final World WORLD = new World();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void carriesFiftySessionsAtATime(ServerKind kind) throws Exception {
        Gateway gateway = WORLD.gateway(kind);
        CountDownLatch loggedIn = new CountDownLatch(SESSIONS);
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Callable<RawFtp.Reply>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                DataSyntax syntax = SYNTAXES.get(i % SYNTAXES.size());
                int size = 100_000 + i;
                sessions.add(() -> session(gateway, syntax, size, loggedIn));
            }
            List<Future<RawFtp.Reply>> running =
                    sessions.stream().map(threads::submit).toList();

            for (Future<RawFtp.Reply> session : running) {
                assertThat(get(session, gateway).code()).isEqualTo(221);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static RawFtp.Reply session(Gateway gateway, DataSyntax syntax, int size, CountDownLatch loggedIn)
            throws Exception {
        byte[] content = Payload.bytes(size);
        String name = UUID.randomUUID().toString();
        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            loggedIn.countDown();
            assertThat(loggedIn.await(30, TimeUnit.SECONDS))
                    .as("all are logged in at a time")
                    .isTrue();
            for (int round = 0; round < 3; round++) {
                ftp.upload(syntax, "STOR " + name, content);
                assertThat(ftp.download(syntax, "RETR " + name)).isEqualTo(content);
            }
            return ftp.ask("QUIT");
        }
    }

    private static RawFtp.Reply get(Future<RawFtp.Reply> session, Gateway gateway) throws Exception {
        try {
            return session.get(90, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(gateway.server().log(), e.getCause());
        }
    }
}
