package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that runs for a test, with its output kept in a file. Not thread-safe; the test that started it owns it. */
final class Program implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Path output;

    private Program(List<String> command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /** Starts the program in this folder, with this text as its input; its output goes to a file there. */
    static Program start(Path folder, List<String> command, Map<String, String> environment, String input) {
        // A shell without job control starts background jobs with SIGINT ignored, and that is inherited. The program
        // leads a
        // process group, which can be killed at once.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
        line.addAll(command);
        try {
            Path output = Files.createTempFile(folder, "output", ".log");
            Path typed = Files.createTempFile(folder, "input", ".txt");
            Files.write(typed, input.getBytes(ISO_8859_1));
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(typed.toFile());
            builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", folder.toString()));
            builder.environment().putAll(environment);
            return new Program(command, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the program to its end and returns what it printed; one that does not end in time is a failure. */
    static String run(Path folder, List<String> command, String input, Duration timeout) {
        try (Program program = start(folder, command, Map.of(), input)) {
            int status = program.await(timeout);
            return program.output() + "\n[exit " + status + "]\n";
        }
    }

    /** Waits for the end and returns the exit status; too long a wait is a failure. */
    int await(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toSeconds(), SECONDS)) {
                throw new AssertionError(this + " does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Does what Ctrl-C does. */
    void interrupt() {
        signal("INT");
    }

    /** Sends it this signal, such as HUP. */
    void signal(String name) {
        send(name, Long.toString(process.pid()));
    }

    private void send(String signal, String receiver) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, "--", receiver)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError(this + " has ended already:\n" + output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends the program and all that it started at once, with no chance to say goodbye. */
    void kill() {
        // One after the other, a session whose helper is gone would still answer.
        send("KILL", "-" + process.pid());
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns what it printed so far. */
    String output() {
        try {
            return Files.readString(output, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the program and all that it started. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(2, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
