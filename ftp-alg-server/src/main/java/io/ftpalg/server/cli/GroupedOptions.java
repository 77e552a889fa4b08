package io.ftpalg.server.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Prints the options of a command for {@code --help}: its own first, then those of each mixin under the mixin's name.
 *
 * <p>An argument group would have a heading of its own, but takes an option that is given twice for a second group, and
 * discards the first.
 */
public final class GroupedOptions implements IHelpSectionRenderer {

    @Override
    public String render(Help help) {
        CommandSpec spec = help.commandSpec();
        List<CommandSpec> groups = spec.mixins().values().stream()
                .filter(GroupedOptions::hasHeading)
                .toList();
        StringBuilder out = new StringBuilder(help.optionListExcludingGroups(spec.options().stream()
                .filter(option ->
                        groups.stream().noneMatch(group -> group.options().contains(option)))
                .sorted(Comparator.comparing(option -> option.usageHelp() || option.versionHelp()))
                .toList()));
        spec.mixins().forEach((name, group) -> {
            if (hasHeading(group)) {
                List<OptionSpec> options = group.options();
                out.append(System.lineSeparator())
                        .append(name)
                        .append(':')
                        .append(System.lineSeparator())
                        .append(help.optionListExcludingGroups(options));
            }
        });
        return out.toString();
    }

    private static boolean hasHeading(CommandSpec mixin) {
        return mixin.options().stream().noneMatch(option -> option.usageHelp() || option.versionHelp());
    }
}
