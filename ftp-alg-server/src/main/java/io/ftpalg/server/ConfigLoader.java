package io.ftpalg.server;

import io.ftpalg.policy.Limits;
import io.ftpalg.server.config.ConfigEntry;
import io.ftpalg.server.config.ConfigEntry.Setting;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigPlace;
import io.ftpalg.server.config.ConfigProblems;
import io.ftpalg.server.config.ConfigReader;
import io.ftpalg.server.config.ConfigTable;
import io.ftpalg.server.config.ConfigText;
import io.ftpalg.server.config.LimitKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes settings of a config file. Each listener is said as the command line would say it, so that both mean the same and
 * refuse the same. Used by one thread; blocks.
 */
final class ConfigLoader {
    /** Those whose keys stand for options; what else there is, FileConfig reads. */
    private static final Set<String> OPTION_SECTIONS = Set.of("forward", "tls", "certificates", "upstream-tls");

    private final ConfigProblems problems;
    private final Function<String, Optional<String>> environment;
    private final CommandLine checker = Main.commandLine();

    private ConfigLoader(Path file, Function<String, Optional<String>> environment) {
        this.problems = new ConfigProblems(file);
        this.environment = environment;
    }

    /** Returns what the file comes to, with variables from there; fails with all that is wrong with it. */
    static ConfigFile load(Path file, Function<String, Optional<String>> environment) throws ConfigException {
        return new ConfigLoader(file, environment).load();
    }

    private ConfigFile load() throws ConfigException {
        ConfigTable root = new ConfigReader(problems, environment).read();
        List<ConfigOption> shared = check(root, "");
        List<Settings> listeners = new ArrayList<>();
        List<ConfigTable> tables = root.tables("listeners");
        FileConfig file = new FileConfig(new ConfigParts(problems), root);
        for (ConfigTable listener : tables) {
            listener(listener, shared, file).ifPresent(listeners::add);
        }
        new BindClashes(problems).check(tables);
        problems.throwIfAny();
        boolean verbose = root.value("verbose").filter(flag -> flag.text().equals("true")).isPresent();
        ReloadMode reload = root.value("reload").map(mode -> ReloadMode.valueOf(mode.text().toUpperCase(Locale.ROOT)))
                .orElse(ReloadMode.SIGNAL);
        return new ConfigFile(root, listeners, verbose, reload);
    }

    private Optional<Settings> listener(ConfigTable listener, List<ConfigOption> shared, FileConfig file) {
        List<ConfigOption> options = new ArrayList<>(shared);
        options.addAll(check(listener, ""));
        Limits limits = limits(listener.tables("limits"));
        FileSettings extras = file.read(listener);
        checkTarget(listener);
        // A value that is wrong is missing from the options, which would be said as well.
        if (problems.count() > 0) {
            return Optional.empty();
        }
        CommandLine line = Main.commandLine();
        try {
            line.parseArgs(options.stream().map(ConfigOption::argument).toArray(String[]::new));
            return Optional.of(((ServerCommand) line.getCommand()).settings(extras).withLimits(limits));
        } catch (ParameterException e) {
            contradiction(String.valueOf(e.getMessage()), listener, options);
            return Optional.empty();
        }
    }

    private void checkTarget(ConfigTable listener) {
        boolean fixed = listener.has("upstream");
        boolean forward = listener.has("forward");
        if (fixed && forward) {
            problems.add(listener.at(), "upstream and forward exclude each other: give one of them, or routes for both");
        } else if (!fixed && !forward && !listener.has("routes")) {
            problems.add(listener.at(), "the listener has nowhere to go: give upstream, forward or routes");
        }
        if (!listener.has("bind") && !listener.has("implicit-tls-bind")) {
            problems.add(listener.at(), "the listener has no address: give bind or implicit-tls-bind");
        }
    }

    /** Returns the options that a table stands for, without those whose value is wrong. */
    private List<ConfigOption> check(ConfigTable table, String path) {
        List<ConfigOption> options = new ArrayList<>();
        String own = path.isEmpty() ? "" : path + ".";
        for (ConfigEntry entry : table.section().entries()) {
            if (entry instanceof Setting key && key.option().isPresent()) {
                for (ConfigText value : table.values(key.name())) {
                    ConfigOption option = new ConfigOption(key.option().get(), own + key.name(),
                            key.kind() == ConfigEntry.Kind.FLAG ? Optional.empty() : Optional.of(value.text()), value.at());
                    if ((option.value().isPresent() || value.text().equals("true")) && isGood(key, option)) {
                        options.add(option);
                    }
                }
            } else if (entry instanceof ConfigEntry.Section section && OPTION_SECTIONS.contains(section.name())) {
                for (ConfigTable below : table.tables(section.name())) {
                    section.option().ifPresent(name ->
                            options.add(new ConfigOption(name, own + section.name(), Optional.empty(), below.at())));
                    options.addAll(check(below, own + section.name()));
                }
            }
        }
        return options;
    }

    private boolean isGood(Setting key, ConfigOption option) {
        try {
            checker.parseArgs(option.argument());
            return true;
        } catch (ParameterException e) {
            String why = e.getCause() instanceof TypeConversionException ? String.valueOf(e.getCause().getMessage())
                    : "expected " + key.form();
            problems.add(option.at(), option.key() + " '" + option.value().orElse("") + "': " + why);
            return false;
        }
    }

    private Limits limits(List<ConfigTable> tables) {
        Limits.Builder limits = Limits.builder();
        for (ConfigTable table : tables) {
            for (LimitKey key : LimitKey.values()) {
                table.value(key.key()).ifPresent(value -> limit(limits, key, value));
            }
        }
        return limits.build();
    }

    private void limit(Limits.Builder limits, LimitKey key, ConfigText value) {
        try {
            if (key.amount() instanceof LimitKey.Count number) {
                number.set().accept(limits, Values.number(value.text(), 1, number.most()));
            } else if (key.amount() instanceof LimitKey.Time time) {
                time.set().accept(limits, Values.time(value.text()));
            }
        } catch (TypeConversionException e) {
            problems.add(value.at(), "limits." + key.key() + " '" + value.text() + "': " + e.getMessage());
        }
    }

    /** Tells a contradiction between options in the words of the file, at the first key that it names. */
    private void contradiction(String message, ConfigTable listener, List<ConfigOption> options) {
        ConfigPlace at = options.stream().filter(option -> ConfigOption.names(message, option.name()))
                .min(Comparator.comparingInt(option -> message.indexOf(option.name()))).map(ConfigOption::at)
                .orElse(listener.at());
        problems.add(at, ConfigOption.inKeys(message, listener.section()));
    }

    /** Returns the environment of the program. */
    static Function<String, Optional<String>> environment() {
        return name -> Optional.ofNullable(System.getenv(name));
    }
}
