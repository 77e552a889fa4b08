package io.ftpalg.server;

import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.metrics.HealthCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The {@code health} command: whether the gateway of a config file runs and serves new sessions, as a health check for containers.
 * Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "health",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "ftp-alg health --config FILE [--live]",
        description = "Checks whether the gateway of a config file is ready, at its admin server.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is", "1:it is not, or there is no response", "2:the file has errors, or no admin server"})
final class HealthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
    private Path file = Path.of("");

    @Option(names = "--live", description = "check only that the process lives (/health, not /ready)")
    private boolean live;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            ConfigFile config = ConfigLoader.load(file, ConfigLoader.environment());
            if (config.settings().admin().isEmpty()) {
                return CheckCommand.fail(file, "no admin server to ask: give admin.socket or admin.bind", err);
            }
            HealthCheck.Result result =
                    HealthCheck.ask(config.settings().admin().get(), live ? "/health" : "/ready");
            (result.healthy() ? spec.commandLine().getOut() : err).println(Escape.line(result.text()));
            return result.healthy() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (ConfigException e) {
            CheckCommand.print(e, err);
            return ExitCode.USAGE;
        }
    }
}
