package io.ftpalg.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.LogCapture;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceGateTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);
    private static final Duration OFTEN = Duration.ofMillis(10);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void isClosedWhileTheFileIsThereAndSaysSoOnce() throws Exception {
        Path file = folder.resolve("closed");
        try (LogCapture log = new LogCapture(MaintenanceGate.class);
                MaintenanceGate gate = new MaintenanceGate(file, OFTEN)) {
            assertThat(gate.refuse(CLIENT)).isEmpty();

            Files.writeString(file, "Back\n421 at\n9.\n");
            await().untilAsserted(() ->
                    assertThat(gate.refuse(CLIENT)).contains(new FtpReply(421, List.of("Back", " 421 at", "9."))));
            Files.writeString(file, "Back soon.");
            await().untilAsserted(() -> assertThat(gate.refuse(CLIENT)).contains(FtpReply.of(421, "Back soon.")));
            Files.delete(file);
            await().until(() -> gate.refuse(CLIENT).isEmpty());

            assertThat(log.lines())
                    .containsExactly("WARN maintenance started file=" + file, "INFO maintenance finished file=" + file);
        }
    }

    @Test
    void isClosedFromTheStartAndHasWordsOfItsOwn() throws Exception {
        Path file = Files.createFile(folder.resolve("closed"));
        Optional<FtpReply> own =
                Optional.of(FtpReply.of(421, "The gateway is closed for maintenance, try again later."));

        try (MaintenanceGate empty = new MaintenanceGate(file);
                MaintenanceGate unreadable = new MaintenanceGate(folder)) {
            assertThat(empty.refuse(CLIENT)).isEqualTo(own);
            assertThat(unreadable.refuse(CLIENT)).isEqualTo(own);
        }
    }

    @Test
    void saysOfAFileThatWasThereBeforeThatItHasGone() throws Exception {
        Path file = Files.createFile(folder.resolve("closed"));
        try (LogCapture log = new LogCapture(MaintenanceGate.class);
                MaintenanceGate gate = new MaintenanceGate(file, OFTEN)) {
            await().until(() -> !log.lines().isEmpty());

            Files.delete(file);
            await().until(() -> gate.refuse(CLIENT).isEmpty());

            assertThat(log.lines())
                    .containsExactly("WARN maintenance started file=" + file, "INFO maintenance finished file=" + file);
        }
    }

    @Test
    void theLogHasNothingOfAGateThatServedNobody() throws Exception {
        Path file = Files.createFile(folder.resolve("closed"));
        try (LogCapture log = new LogCapture(MaintenanceGate.class)) {
            new MaintenanceGate(file).close();

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void saysSoManyLines() throws Exception {
        Path file = Files.writeString(folder.resolve("closed"), "x\n".repeat(60));

        try (MaintenanceGate gate = new MaintenanceGate(file)) {
            assertThat(gate.refuse(CLIENT).orElseThrow().lines()).hasSize(50);
        }
    }
}
