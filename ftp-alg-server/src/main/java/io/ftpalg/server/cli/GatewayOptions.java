package io.ftpalg.server.cli;

import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.ProgramReader;
import io.ftpalg.server.keys.form.CliOption;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.ProgramSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of the gateway: made of the table of keys, and read into settings. Stateless. */
public final class GatewayOptions {

    private GatewayOptions() {}

    /** Adds all options to a command; those of a group as a mixin of its heading. */
    public static void addTo(CommandSpec command) {
        Map<CliOption.Group, CommandSpec> groups = new EnumMap<>(CliOption.Group.class);
        entries(ProgramKeys.root()).filter(entry -> entry.option().isPresent()).forEach(entry -> groups.computeIfAbsent(
                        entry.option().get().group(), group -> CommandSpec.create())
                .addOption(option(entry)));
        groups.forEach((group, options) -> {
            if (group == CliOption.Group.MAIN) {
                options.options().forEach(command::addOption);
            } else {
                command.addMixin(group.heading(), options);
            }
        });
    }

    /** Returns what a command line sets; fails with a ParameterException that names an option. */
    public static ProgramSettings settings(CommandLine line) {
        OptionGiven given = new OptionGiven(line);
        ProgramSettings settings = ProgramReader.read(given);
        given.checkSections();
        return settings;
    }

    static Stream<Entry> entries(Section section) {
        return section.entries().stream()
                .flatMap(entry -> entry instanceof Section below
                        ? Stream.concat(Stream.of(entry), entries(below))
                        : Stream.of(entry));
    }

    private static OptionSpec option(Entry entry) {
        CliOption option = entry.option().orElseThrow();
        OptionSpec.Builder spec = OptionSpec.builder(option.name()).description(option.help());
        if (!(entry instanceof Key<?> key) || key.kind() == Key.Kind.FLAG) {
            return spec.type(boolean.class).build();
        }
        return spec.paramLabel(option.label())
                .arity("1")
                .converters(converter(key))
                .type(isList(entry) ? List.class : Object.class)
                .auxiliaryTypes(Object.class)
                .build();
    }

    /** A list of sections is given by lists of the options of its keys. */
    private static boolean isList(Entry entry) {
        return entry.many()
                || entries(ProgramKeys.root())
                        .anyMatch(section -> section instanceof Section list
                                && list.many()
                                && !list.equals(ProgramKeys.LISTENERS)
                                && list.entries().contains(entry));
    }

    private static ITypeConverter<?> converter(Key<?> key) {
        return text -> {
            try {
                return key.meaning().of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }
}
