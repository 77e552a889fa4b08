package io.ftpalg.server;

import io.ftpalg.server.files.BuildVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages and shell completions of the program into a directory, for its packages. Stateless. */
public final class ManualPages {
    private static final String NAME = "ftp-alg";
    /** zsh runs bash's completion; the function is called here for the first time, since this file is read when it is needed. */
    private static final String ZSH = """
            #compdef ftp-alg
            autoload -Uz bashcompinit && bashcompinit
            source /usr/share/bash-completion/completions/ftp-alg
            _bash_complete -o default -F _complete_ftp-alg
            """;

    private ManualPages() {}

    /** Writes them into the directory that the argument names: {@code NAME.1}, {@code NAME.bash} and {@code _NAME}. */
    public static void main(String[] args) throws IOException {
        write(Files.createDirectories(Path.of(args[0])));
    }

    static void write(Path directory) throws IOException {
        CommandLine line = Main.commandLine();
        write(line, directory);
        Files.writeString(directory.resolve(NAME + ".bash"), AutoComplete.bash(NAME, line));
        Files.writeString(directory.resolve("_" + NAME), ZSH);
    }

    private static void write(CommandLine line, Path directory) throws IOException {
        CommandSpec command = line.getCommandSpec();
        Files.writeString(
                directory.resolve(ManualPage.name(command) + ".1"), ManualPage.of(command, BuildVersion.version()));
        for (CommandLine subcommand : line.getSubcommands().values()) {
            if (!subcommand.getCommandSpec().usageMessage().hidden()) {
                write(subcommand, directory);
            }
        }
    }
}
