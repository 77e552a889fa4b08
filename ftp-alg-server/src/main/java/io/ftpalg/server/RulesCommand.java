package io.ftpalg.server;

import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.rules.RulesScript;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code rules} command: prints the script that prepares this host for a config file; changes nothing.
 * Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "rules",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "ftp-alg rules --config FILE [--interface NAME] [--iptables] [--no-guard]",
        description = "Prints packet filter rules, routes and sysctls that a config needs, as a shell script.",
        footer = {"", "Nothing is changed. Read the script, then run it as root: ftp-alg rules --config FILE | sh"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the script is printed", "2:the file has errors, or needs no rules"})
final class RulesCommand implements Callable<Integer> {
    private static final String INTERFACE = "[A-Za-z0-9_.@+-]{1,15}";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "the config file (YAML)")
    private Path file = Path.of("");

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "interface that clients are behind; repeatable; any if left out")
    private List<String> interfaces = List.of();

    @Option(names = "--iptables", description = "rules for iptables and ip6tables, in place of nftables")
    private boolean iptables;

    @Option(names = "--no-guard", description = "with data-plane kernel: let this host forward other connections too")
    private boolean noGuard;

    @Override
    public Integer call() {
        for (String name : interfaces) {
            if (!name.matches(INTERFACE)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--interface '" + name + "': expected the name of an interface, such as eth0");
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        List<String> lines;
        try {
            ProgramSettings settings =
                    ConfigLoader.load(file, ConfigLoader.environment()).settings();
            RulesScript.conflicts(settings).forEach(conflict -> err.println(file + ": " + conflict));
            lines = RulesScript.lines(
                    settings,
                    new RulesScript.Choice(
                            iptables ? RulesScript.Filter.IPTABLES : RulesScript.Filter.NFTABLES,
                            interfaces,
                            !noGuard));
        } catch (ConfigException e) {
            CheckCommand.print(e, err);
            return ExitCode.USAGE;
        }
        if (lines.isEmpty()) {
            return CheckCommand.fail(
                    file,
                    "there are no rules to print, since no listener has transparent, and data-plane is not kernel",
                    err);
        }
        lines.forEach(spec.commandLine().getOut()::println);
        return ExitCode.OK;
    }
}
