package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.server.service.NotifyReceiver;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a service manager runs it: a listening socket that is passed, one that blocks, and notifications. */
@Timeout(120)
class ServiceIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("ftpalg.jar")));
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Listens, has descriptor 3 and the environment of sd_listen_fds(3), and becomes the gateway. */
    private static final String ACTIVATE = """
            import os, socket, sys
            s = socket.socket()
            s.bind(("127.0.0.1", 0))
            s.listen(8)
            config = open(sys.argv[1]).read().replace("PORT", str(s.getsockname()[1]))
            open(sys.argv[1], "w").write(config)
            os.dup2(s.fileno(), 3)
            os.set_inheritable(3, True)
            os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1", LISTEN_FDNAMES="ftp.socket")
            os.execv(sys.argv[2], sys.argv[2:])
            """;

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void isReadyReloadsPingsAndStops() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "no python3 to pass a socket");
        Path notify = temp.resolve("notify");
        Path config = Files.writeString(
                temp.resolve("gateway.yaml"),
                "drain-timeout: 5s\nlisteners:\n  - {bind: '127.0.0.1:PORT', upstream: '127.0.0.1:1'}\n");
        try (NotifyReceiver manager = new NotifyReceiver(notify.toString())) {
            Process process = start(config, notify);
            try {
                String line = process.inputReader(US_ASCII).readLine();
                assertThat(line).contains(" ready: 127.0.0.1:");
                int port = Integer.parseInt(line.replaceAll(".* ready: 127\\.0\\.0\\.1:([0-9]+) .*", "$1"));
                String listening = "STATUS=listening on 127.0.0.1:" + port;
                assertThat(state(manager)).containsExactly("READY=1", listening);
                assertThat(manager.next(PATIENCE)).as("with a period of 1/4 s").containsExactly("WATCHDOG=1");
                assertThat(greeting(port)).startsWith("421 The server is not available");

                hup(process);
                assertThat(state(manager)).startsWith("RELOADING=1").hasSize(2);
                assertThat(state(manager)).containsExactly("READY=1", listening);

                String good = Files.readString(config);
                Files.writeString(config, "listeners: []\n");
                hup(process);
                assertThat(state(manager)).startsWith("RELOADING=1");
                assertThat(state(manager))
                        .containsExactly(
                                "READY=1", "STATUS=new config refused, see the log; " + listening.substring(7));
                Files.writeString(config, good);

                assertThat(greeting(port)).startsWith("421 The server is not available");
                process.toHandle().destroy();
                assertThat(state(manager)).startsWith("STOPPING=1").endsWith("EXTEND_TIMEOUT_USEC=15000000");
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void refusesASocketThatNoListenerHas() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "no python3 to pass a socket");
        Path config = Files.writeString(
                temp.resolve("gateway.yaml"), "listeners:\n  - {bind: '127.0.0.1:0', upstream: '127.0.0.1:1'}\n");

        Process process = start(config, temp.resolve("nobody"));

        String error = new String(process.getErrorStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(error).containsPattern("passed socket at 127\\.0\\.0\\.1:[0-9]+: no listener has this address");
    }

    /** Returns the next notification that is no ping. */
    private static List<String> state(NotifyReceiver manager) throws Exception {
        List<String> next;
        do {
            next = manager.next(PATIENCE);
        } while (next.equals(List.of("WATCHDOG=1")));
        return next;
    }

    private static void hup(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", "" + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    /** There is no server; the reply is that of the gateway. */
    private static String greeting(int port) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII)).readLine();
        }
    }

    private Process start(Path config, Path notify) throws Exception {
        Path script = Files.writeString(temp.resolve("activate.py"), ACTIVATE);
        ProcessBuilder builder = new ProcessBuilder(
                PYTHON.toString(),
                script.toString(),
                config.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                JAR.toString(),
                "--config",
                config.toString());
        builder.environment().put("NOTIFY_SOCKET", notify.toString());
        builder.environment().put("WATCHDOG_USEC", "1000000");
        return builder.start();
    }
}
