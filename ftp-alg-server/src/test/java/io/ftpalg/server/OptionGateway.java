package io.ftpalg.server;

import io.ftpalg.FtpAlg;

import java.util.List;
import picocli.CommandLine;

/** The gateway of a command line inside this JVM, for tests: as the program makes it, and not yet started. Stateless. */
public final class OptionGateway {

    private OptionGateway() {
    }

    /** Returns the gateway of these options. */
    public static FtpAlg of(List<String> options) {
        ServerCommand command = new ServerCommand();
        CommandLine line = new CommandLine(command);
        Values.register(line);
        line.parseArgs(options.toArray(String[]::new));
        try {
            return command.settings().gateway();
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
