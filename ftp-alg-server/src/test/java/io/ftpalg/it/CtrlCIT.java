package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C in the middle of a transfer: nothing is left in the gateway, and half a file is never called a whole one. */
class CtrlCIT {
    private static final long HUGE = 8L << 30;
    private static final long UNDER_WAY = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final World WORLD = new World();

    private final String name = UUID.randomUUID().toString();
    private final Path folder = Workspace.create("ctrl-c");

    @AfterEach
    void deleteFiles() {
        Workspace.delete(folder);
    }

    static Stream<Arguments> clientsAndServers() {
        return Clients.ALL.stream()
                .filter(Interruptible.class::isInstance)
                .flatMap(client -> Stream.of(ServerKind.values()).map(server -> Arguments.of(client, server)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clientsAndServers")
    void endsADownload(Interruptible client, ServerKind kind) throws IOException {
        client.require();
        Gateway gateway = WORLD.gateway(kind);
        Path remote = Payload.sparse(gateway.server().files().resolve(name), HUGE);
        Path local = folder.resolve("local");

        interrupt(client, gateway, new Step.Get(name, local), local);

        assertNothingIsLeft(gateway);
        assertNotComplete(gateway);
        Files.delete(remote);
    }

    /**
     * A killed client's kernel ends both connections in order, as a camera does: then the server stores what came, as it does
     * without a gateway. Else the upload is cut. Either way the record tells what the server has.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("clientsAndServers")
    void recordsAnUploadAsTheServerHasIt(Interruptible client, ServerKind kind) throws IOException {
        client.require();
        Gateway gateway = WORLD.gateway(kind);
        Path local = Payload.sparse(folder.resolve("local"), HUGE);
        Path remote = gateway.server().files().resolve(name);

        interrupt(client, gateway, new Step.Put(local, name), remote);

        assertNothingIsLeft(gateway);
        TransferFinished transfer = gateway.awaitTransfers(name, 1).get(0);
        assertThat(transfer.bytesToServer()).as(transfer.toString()).isBetween(UNDER_WAY, HUGE - 1);
        if (transfer.end() == TransferEnd.COMPLETE) {
            assertThat(remote).hasSize(transfer.bytesToServer());
        } else {
            assertThat(isComplete(transfer)).as(transfer.toString()).isFalse();
        }
        Files.deleteIfExists(remote);
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void cutsTheUploadOfAClientWhoseControlConnectionEndsFirst(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        try (RawFtp ftp = RawFtp.login(gateway.target());
                Socket data = ftp.open(DataSyntax.PASV, "STOR " + name)) {
            data.getOutputStream().write(Payload.bytes(1 << 20));

            ftp.shutdownOutput();

            assertNotComplete(gateway);
        }
        assertNothingIsLeft(gateway);
    }

    /** Cameras and scanners close both connections at once: the file is whole at the client, as at a server without gateway. */
    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void finishesTheUploadOfAClientThatClosesBothConnectionsAtOnce(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        try (RawFtp ftp = RawFtp.login(gateway.target());
                Socket data = ftp.open(DataSyntax.PASV, "STOR " + name)) {
            data.getOutputStream().write(Payload.bytes(1 << 20));
        }

        TransferFinished transfer = gateway.awaitTransfers(name, 1).get(0);
        assertThat(transfer.end()).as(transfer.toString()).isEqualTo(TransferEnd.COMPLETE);
        assertThat(gateway.server().files().resolve(name)).hasSize(1 << 20);
        assertNothingIsLeft(gateway);
    }

    private void interrupt(Interruptible client, Gateway gateway, Step step, Path growing) {
        try (Program program = client.start(folder, gateway.target(), DataSyntax.PASV, step)) {
            await(program.toString())
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(10))
                    .failFast(() ->
                            assertThat(program.alive()).as(program.output()).isTrue())
                    .until(() -> Files.exists(growing) && Files.size(growing) > UNDER_WAY);
            program.interrupt();
            program.await(SOON);
        }
    }

    private void assertNothingIsLeft(Gateway gateway) {
        gateway.awaitIdle();
        assertThat(WORLD.dataPorts()).isEmpty();
    }

    private void assertNotComplete(Gateway gateway) {
        TransferFinished transfer = gateway.awaitTransfers(name, 1).get(0);
        assertThat(isComplete(transfer)).as(transfer.toString()).isFalse();
    }

    private static boolean isComplete(TransferFinished transfer) {
        return transfer.end() == TransferEnd.COMPLETE
                || transfer.sent().filter(code -> code < 300).isPresent();
    }
}
