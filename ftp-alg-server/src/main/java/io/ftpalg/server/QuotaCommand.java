package io.ftpalg.server;

import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.ctl.CtlText;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.quota.QuotaChange;
import io.ftpalg.server.settings.ProgramSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code quota} command: what users and groups have used, shown and changed, whether the gateway runs or not. Filled by picocli, used
 * once, on the main thread.
 */
@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show, set and reset what users and groups have used of their quotas (docs/quotas.md).")
final class QuotaCommand implements Callable<Integer> {
    private static final List<CtlText.Column> COLUMNS = List.of(
            CtlText.Column.of("WHO", "who"),
            CtlText.Column.of("NAME", "name"),
            CtlText.Column.of("PERIOD", "period"),
            CtlText.Column.of("DIRECTION", "direction"),
            CtlText.Column.of("BYTES", "bytes"),
            CtlText.Column.of("OF", "bytesLimit"),
            CtlText.Column.of("FILES", "files"),
            CtlText.Column.of("OF", "filesLimit"),
            CtlText.Column.of("UNTIL", "until"));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "quota needs a command, such as 'ftp-alg quota show': see ftp-alg quota --help");
    }

    /** What is done with the quotas of a config; prints what came of it. */
    @FunctionalInterface
    private interface Work {
        void with(QuotaAccess access) throws QuotaAccess.QuotaException;
    }

    private int run(Path file, Work work) {
        try {
            ProgramSettings settings =
                    ConfigLoader.load(file, ConfigLoader.environment()).settings();
            if (settings.quotas().isEmpty()) {
                return CheckCommand.fail(
                        file, "no quotas: configure quotas", spec.commandLine().getErr());
            }
            work.with(new QuotaAccess(settings, settings.quotas().get()));
            return ExitCode.OK;
        } catch (ConfigException e) {
            CheckCommand.print(e, spec.commandLine().getErr());
            return ExitCode.USAGE;
        } catch (QuotaAccess.QuotaException e) {
            spec.commandLine().getErr().println("ftp-alg: " + Escape.line(String.valueOf(e.getMessage())));
            return ExitCode.SOFTWARE;
        }
    }

    @Command(description = "What was used in the periods that run.", mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
                    Path file,
            @Option(names = "--filter", paramLabel = "TEXT", defaultValue = "", description = "text in the name")
                    String filter,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "rows, 1000 at most")
                    int most,
            @Option(names = "--json", description = "print what the API sends") boolean json) {
        return run(file, access -> {
            String report = access.show(filter, most);
            if (json) {
                spec.commandLine().getOut().println(report);
                return;
            }
            Map<String, Object> body = JsonReader.object(report);
            List<Map<String, Object>> rows = CtlText.rows(body, "quotas");
            CtlText.table(rows, COLUMNS).forEach(spec.commandLine().getOut()::println);
            if (String.valueOf(rows.size()).equals(String.valueOf(body.get("total")))) {
                return;
            }
            spec.commandLine().getErr().println("ftp-alg: " + body.get("total") + " in all (--filter, --limit)");
        });
    }

    @Command(description = "Set what was used in the period that runs.", mixinStandardHelpOptions = true)
    int set(
            @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
                    Path file,
            @Option(names = "--user", paramLabel = "NAME", description = "the user") Optional<String> user,
            @Option(names = "--group", paramLabel = "NAME", description = "or the group") Optional<String> group,
            @Option(names = "--period", paramLabel = "PERIOD", description = "hour, day or month; where it has several")
                    Optional<String> period,
            @Option(
                            names = "--direction",
                            paramLabel = "WORD",
                            description = "upload, download or both; where it has several")
                    Optional<String> direction,
            @Option(names = "--bytes", paramLabel = "N", description = "bytes; unchanged if left out")
                    Optional<Long> bytes,
            @Option(names = "--files", paramLabel = "N", description = "files; unchanged if left out")
                    Optional<Long> files) {
        QuotaChange change = change(user, group, period, direction);
        if (bytes.isEmpty() && files.isEmpty()
                || bytes.filter(n -> n < 0).isPresent()
                || files.filter(n -> n < 0).isPresent()) {
            throw new ParameterException(spec.commandLine(), "give --bytes or --files, 0 or more");
        }
        return run(file, access -> {
            String ignored = access.set(change, body(user, group, period, direction), bytes, files);
            spec.commandLine().getOut().println("set");
        });
    }

    @Command(description = "Set what was used in the periods that run to nothing.", mixinStandardHelpOptions = true)
    int reset(
            @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
                    Path file,
            @Option(names = "--user", paramLabel = "NAME", description = "the user") Optional<String> user,
            @Option(names = "--group", paramLabel = "NAME", description = "or the group") Optional<String> group,
            @Option(names = "--period", paramLabel = "PERIOD", description = "hour, day or month; all if left out")
                    Optional<String> period,
            @Option(
                            names = "--direction",
                            paramLabel = "WORD",
                            description = "upload, download or both; all if left out")
                    Optional<String> direction) {
        QuotaChange change = change(user, group, period, direction);
        return run(file, access -> {
            String ignored = access.reset(change, body(user, group, period, direction));
            spec.commandLine().getOut().println("reset");
        });
    }

    private static Json.Fields body(
            Optional<String> user, Optional<String> group, Optional<String> period, Optional<String> direction) {
        return Json.object()
                .put("user", user)
                .put("group", group)
                .put("period", period)
                .put("direction", direction);
    }

    private QuotaChange change(
            Optional<String> user, Optional<String> group, Optional<String> period, Optional<String> direction) {
        try {
            return QuotaChange.of(user, group, period, direction);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
