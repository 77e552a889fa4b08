package io.ftpalg.server.config;

import io.ftpalg.server.keys.ProgramReader;
import io.ftpalg.server.settings.ProgramSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Makes settings of a config file. Stateless; blocks. */
public final class ConfigLoader {

    private ConfigLoader() {}

    /** Returns what the file gives, with variables from there; fails with all that is wrong with it. */
    public static ConfigFile load(Path file, Function<String, Optional<String>> environment) throws ConfigException {
        ConfigProblems problems = new ConfigProblems(file);
        ConfigTable root = new ConfigReader(problems, environment).read();
        ProgramSettings settings = ProgramReader.read(new FileSection(root, problems));
        new BindClashes(problems).check(root);
        problems.throwIfAny();
        return new ConfigFile(file, root, settings);
    }

    /** Returns the environment of the program. */
    public static Function<String, Optional<String>> environment() {
        return name -> Optional.ofNullable(System.getenv(name));
    }
}
