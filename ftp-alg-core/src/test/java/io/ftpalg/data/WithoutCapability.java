package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a process of its own that lacks what a mark needs. Stateless. */
public final class WithoutCapability {
    private WithoutCapability() {
    }

    /** Returns what the program prints. Since Linux 5.17 CAP_NET_RAW will do as well. */
    public static List<String> run(Class<?> program) throws IOException {
        Process process = new ProcessBuilder("setpriv", "--bounding-set=-net_admin,-net_raw", "--inh-caps=-all",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), program.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            // It prints too little to wait for a reader.
            assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue()).isZero();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
