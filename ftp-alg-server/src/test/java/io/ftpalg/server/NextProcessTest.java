package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NextProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void runsTheStartScriptWithTheArgumentsOfThisProcess() throws IOException {
        Path out = temp.resolve("out");
        Path script = Files.writeString(temp.resolve("script"), "#!/bin/sh\necho \"$@\" >" + out + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        NextProcess.of(
                        List.of("--config", "a file"),
                        name -> Optional.ofNullable(
                                Map.of("FTP_ALG_COMMAND", script.toString()).get(name)))
                .start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(out).hasContent("--config a file"));
    }

    @Test
    void runsTheCommandOfThisProcessWithoutAScript() {
        NextProcess next = NextProcess.of(List.of(), name -> Optional.empty());

        assertThat(next.command()).first().asString().endsWith("java");
    }

    @Test
    void showsHowItEnded() throws IOException {
        NextProcess next = new NextProcess(List.of("/bin/sh", "-c", "exit 3"));
        assertThat(next.exitCode()).isEmpty();

        next.start();

        await().atMost(PATIENCE).until(() -> next.exitCode().equals(Optional.of(3)));
        assertThat(next.running()).isEmpty();
    }

    @Test
    void startsOneAtATime() throws Exception {
        NextProcess next = new NextProcess(List.of("/bin/sleep", "1000"));
        long first = next.start();
        try {
            assertThat(next.running()).contains(first);
            assertThatThrownBy(next::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("process " + first + " was started for that, and still runs");
        } finally {
            ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        }
        await().atMost(PATIENCE).until(() -> next.running().isEmpty());
        ProcessHandle.of(next.start()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void failsWhereThereIsNoSuchProgram() {
        assertThatThrownBy(new NextProcess(List.of("/nowhere/ftp-alg"))::start).isInstanceOf(IOException.class);
    }
}
