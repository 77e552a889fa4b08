package io.ftpalg.server;

import ch.qos.logback.classic.Level;
import io.ftpalg.server.cli.GatewayOptions;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.log.LogLevels;
import io.ftpalg.server.replay.RecordedSession;
import io.ftpalg.server.replay.Replay;
import io.ftpalg.server.replay.ReplayException;
import io.ftpalg.server.replay.TraceFile;
import io.ftpalg.server.replay.TraceFileException;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The {@code replay} command: runs the sessions of a trace through a gateway, between a scripted client and a scripted server on
 * loopback. Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "replay",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "ftp-alg replay FILE [--config FILE [--listener N]] [--session ID] [--timeout SECONDS]",
        description = {
            "Runs the sessions of a trace again, on loopback, and shows what differs.",
            "The trace is a file of ftp-alg ctl trace --write FILE. In what is shown, '=' is as recorded, '-' is missing,"
                    + " '+' is new, '!' is a failure."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all as recorded", "1:something differs", "2:the file is no trace of whole sessions"})
final class ReplayCommand implements Callable<Integer> {
    private static final int LONGEST_TIMEOUT = 3600;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the trace")
    private Path file = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "config file of the gateway; one server and all defaults if left out")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--listener", paramLabel = "N", description = "listener of the config file, from 1 (default 1)")
    private int listener = 1;

    @Option(names = "--session", paramLabel = "ID", description = "only this session of the trace")
    private Optional<Long> session = Optional.empty();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "longest wait for each step (default 10)")
    private int timeout = 10;

    @Option(names = "--verbose", description = "show the gateway's log")
    private boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            throw new ParameterException(spec.commandLine(), "--timeout is 1 to " + LONGEST_TIMEOUT + " seconds");
        }
        LogLevels.set("io.ftpalg", verbose ? Level.DEBUG : Level.ERROR);
        try {
            ProgramSettings program = program();
            if (listener < 1 || listener > program.listeners().size()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--listener is 1 to " + program.listeners().size() + ", the listeners of the config file");
            }
            ListenerSettings chosen = program.listeners().get(listener - 1);
            return replay(new Replay(
                    program,
                    chosen,
                    Duration.ofSeconds(timeout),
                    spec.commandLine().getOut()));
        } catch (ConfigException e) {
            CheckCommand.print(e, spec.commandLine().getErr());
            return ExitCode.USAGE;
        } catch (TraceFileException e) {
            return fail(String.valueOf(e.getMessage()), ExitCode.USAGE);
        } catch (IOException e) {
            return fail("cannot read " + file + ": " + e, ExitCode.USAGE);
        } catch (ReplayException e) {
            return fail(String.valueOf(e.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private int replay(Replay replay) throws IOException, TraceFileException, ReplayException, InterruptedException {
        List<RecordedSession> sessions = TraceFile.read(file).stream()
                .filter(one -> session.isEmpty() || session.get() == one.id())
                .toList();
        if (sessions.isEmpty()) {
            return fail(file + ": no session " + session.map(String::valueOf).orElse(""), ExitCode.USAGE);
        }
        int worst = ExitCode.OK;
        for (RecordedSession one : sessions) {
            int code =
                    switch (replay.run(one)) {
                        case SAME -> ExitCode.OK;
                        case DIFFERS -> ExitCode.SOFTWARE;
                        case INCOMPLETE -> ExitCode.USAGE;
                    };
            worst = Math.max(worst, code);
        }
        return worst;
    }

    private ProgramSettings program() throws ConfigException {
        if (config.isPresent()) {
            return ConfigLoader.load(config.get(), ConfigLoader.environment()).settings();
        }
        CommandSpec defaults = CommandSpec.create();
        GatewayOptions.addTo(defaults);
        CommandLine line = new CommandLine(defaults);
        // Neither address is used: the replay has its own.
        line.parseArgs("--listen", "127.0.0.1:2121", "--upstream", "127.0.0.1:2122");
        return GatewayOptions.settings(line);
    }

    private int fail(String message, int code) {
        spec.commandLine().getErr().println("ftp-alg: " + Escape.line(message));
        return code;
    }
}
