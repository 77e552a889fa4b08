package io.ftpalg.server.audit.verify;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ftp-alg audit}, which has others below it. Filled by picocli, used once, on the main thread. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check audit files (docs/audit.md).",
        subcommands = VerifyCommand.class)
public final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "audit needs a command: ftp-alg audit verify FILE...; see ftp-alg audit --help");
    }
}
