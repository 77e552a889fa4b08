package io.ftpalg.server;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, man(7) text made of what picocli knows of it. Constant. */
final class ManualPage {
    private final CommandSpec command;
    private final String version;
    private final StringBuilder page = new StringBuilder();

    private ManualPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    /** Returns the name of the page of this command, without its section. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** Returns the text of the page of this command. */
    static String of(CommandSpec command, String version) {
        return new ManualPage(command, version).write();
    }

    private String write() {
        String name = name(command);
        line(".TH " + name.toUpperCase(Locale.ROOT).replace("-", "\\-") + " 1 \"\" \"ftp\\-alg " + text(version)
                + "\" \"FTP gateway\"");
        section("NAME");
        line(text(name) + " \\- " + text(summary()));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        for (String paragraph : command.usageMessage().description()) {
            line(text(formatted(paragraph)));
            line(".PP");
        }
        options();
        commands();
        exitCodes();
        files();
        return page.toString();
    }

    private String summary() {
        String first = Stream.of(command.usageMessage().description())
                .findFirst()
                .map(ManualPage::formatted)
                .orElse(command.qualifiedName());
        return first.replaceFirst("[.:](\\s.*)?$", "");
    }

    private void synopsis() {
        String[] custom = command.usageMessage().customSynopsis();
        if (custom.length == 0) {
            line(".B " + text(command.qualifiedName()));
            line(text("[OPTIONS]"
                    + command.positionalParameters().stream()
                            .filter(parameter -> !parameter.hidden())
                            .map(parameter -> " " + parameter.paramLabel())
                            .collect(Collectors.joining())));
        }
        for (String synopsis : custom) {
            line(text(formatted(synopsis).strip()));
            line(".br");
        }
    }

    private void options() {
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        List<PositionalParamSpec> parameters = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (options.isEmpty() && parameters.isEmpty()) {
            return;
        }
        section("OPTIONS");
        for (OptionSpec option : options) {
            String names = Stream.of(option.names())
                    .map(each -> "\\fB" + text(each) + "\\fR")
                    .collect(Collectors.joining(", "));
            boolean flag = option.arity().max() == 0;
            entry(names + (flag ? "" : " \\fI" + text(option.paramLabel()) + "\\fR"), option.description());
        }
        for (PositionalParamSpec parameter : parameters) {
            entry("\\fI" + text(parameter.paramLabel()) + "\\fR", parameter.description());
        }
    }

    private void commands() {
        List<CommandSpec> subcommands = command.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(spec -> !spec.usageMessage().hidden())
                .distinct()
                .toList();
        if (subcommands.isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandSpec subcommand : subcommands) {
            entry(
                    "\\fB" + text(name(subcommand)) + "\\fR(1)",
                    subcommand.usageMessage().description());
        }
    }

    private void exitCodes() {
        if (command.usageMessage().exitCodeList().isEmpty()) {
            return;
        }
        section("EXIT STATUS");
        command.usageMessage().exitCodeList().forEach((code, meaning) -> entry(text(code), meaning));
    }

    private void files() {
        section("FILES");
        entry("\\fI/etc/ftp\\-alg/ftp\\-alg.yaml\\fR", "config of the service");
        entry("\\fI/etc/default/ftp\\-alg\\fR", "options of the Java runtime of the service");
        section("SEE ALSO");
        line("\\fBsystemctl\\fR(1), \\fBjournalctl\\fR(1); the chapters in /usr/share/doc/ftp\\-alg");
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void entry(String term, String... description) {
        line(".TP");
        line(term);
        line(text(Stream.of(description).map(ManualPage::formatted).collect(Collectors.joining(" "))));
    }

    /** Returns what picocli prints: percent signs and line ends are escaped in its texts. */
    private static String formatted(String text) {
        return text.replace("%n", " ").replace("%%", "%");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** Escapes what roff would interpret: backslashes, hyphens that are no breaks, and a control character that begins a line. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
