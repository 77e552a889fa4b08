package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a process of its own that lacks what a mark needs. Stateless. */
public final class WithoutCapability {
    private WithoutCapability() {}

    /** Returns what the program prints. Since Linux 5.17 CAP_NET_RAW will do as well. */
    public static List<String> run(Class<?> program) throws IOException {
        return run(program, "-net_admin,-net_raw");
    }

    /** Returns what the program prints without these capabilities, as setpriv(1) has them. */
    public static List<String> run(Class<?> program, String lacking) throws IOException {
        // A file: what is in a pipe when the process ends may be gone when it is read.
        Path output = Files.createTempFile("program", ".out");
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--bounding-set=" + lacking,
                        "--inh-caps=-all",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Without a hardware address, as in a container, Netty would log that into the output.
                        "-Dio.netty.machineId=02:00:00:00:00:01",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue())
                    .isZero();
            return Files.readAllLines(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
