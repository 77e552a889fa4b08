package io.ftpalg.server;

import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.EffectiveConfig;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.runtime.Transports;
import io.ftpalg.server.runtime.Warnings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The {@code check} command: prints what a config file comes to, or all that is wrong with it; opens no port. Filled by
 * picocli, used once, on the main thread.
 */
@Command(
        name = "check",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "ftp-alg check --config FILE",
        description = "Prints a config file with all defaults filled in, or its errors.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file can be used", "2:the file has errors"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            ConfigFile config = ConfigLoader.load(file, ConfigLoader.environment());
            Optional<String> unable = Transports.unable(config.settings(), Names.KEYS);
            if (unable.isPresent()) {
                return fail(file, unable.get(), err);
            }
            // Making the gateways reads the certificates.
            Gateways.of(config.settings()).close();
            Exports.check(config.settings());
            Warnings.of(config).forEach(warning -> err.println(file + ": warning: " + Escape.line(warning)));
            EffectiveConfig.lines(config).forEach(spec.commandLine().getOut()::println);
            return ExitCode.OK;
        } catch (ConfigException e) {
            print(e, err);
            return ExitCode.USAGE;
        } catch (SettingsException e) {
            return fail(file, String.valueOf(e.getMessage()), err);
        }
    }

    /** Prints what is wrong with a config file in no line of its own, and returns the exit code. */
    static int fail(Path file, String message, PrintWriter err) {
        err.println(file + ": " + Escape.line(message));
        return ExitCode.USAGE;
    }

    /** Prints what is wrong, one line each. */
    static void print(ConfigException failure, PrintWriter err) {
        List<String> lines = failure.lines();
        lines.forEach(line -> err.println(Escape.line(line)));
    }
}
