package io.ftpalg.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of the program as it is installed now, started by the running one, whose place it takes by its {@code handover}: the same
 * arguments, environment and log. One at a time; any thread but an event loop.
 */
final class NextProcess {
    private static final Logger logger = LoggerFactory.getLogger(NextProcess.class);
    /** The start script of a package: it knows the options that its Java runtime needs. */
    private static final String COMMAND = "FTP_ALG_COMMAND";
    /** What the service manager has for the process that it started itself. */
    private static final List<String> OF_THIS_PROCESS =
            List.of("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID");

    private final List<String> command;
    private @Nullable Process process;

    NextProcess(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Returns that of this process, which was given these arguments. */
    static NextProcess of(List<String> arguments, Function<String, Optional<String>> environment) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> command = environment
                .apply(COMMAND)
                .map(script ->
                        Stream.concat(Stream.of(script), arguments.stream()).toList())
                .orElseGet(() -> {
                    List<String> same = new ArrayList<>();
                    info.command().ifPresent(same::add);
                    same.addAll(List.of(info.arguments().orElse(new String[0])));
                    return same;
                });
        return new NextProcess(command);
    }

    List<String> command() {
        return command;
    }

    /**
     * Starts it; it takes over in a moment, or ends with an error of its own in the log.
     *
     * @return its number
     * @throws IllegalStateException if one was started that still runs
     */
    synchronized long start() throws IOException {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("process " + process.pid() + " was started for that, and still runs");
        }
        ProcessBuilder next = new ProcessBuilder(command).inheritIO();
        OF_THIS_PROCESS.forEach(next.environment()::remove);
        process = next.start();
        logger.info("upgrade started process={}", process.pid());
        return process.pid();
    }

    /** Returns the number of the one that runs. */
    synchronized Optional<Long> running() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
    }

    /** Returns the exit code of the last one, if it has ended. */
    synchronized Optional<Integer> exitCode() {
        return Optional.ofNullable(process).filter(ended -> !ended.isAlive()).map(Process::exitValue);
    }
}
