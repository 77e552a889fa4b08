package io.ftpalg.server.demo;

import ch.qos.logback.classic.Level;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.log.EventLog;
import io.ftpalg.server.log.LogLevels;
import io.ftpalg.server.runtime.Shutdown;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code demo} command: shows the gateway at work on this machine. Filled by picocli, used once, on the main thread. */
@Command(
        name = "demo",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "ftp-alg demo [--tls] [--keep] [--size MIB] [--verbose]",
        description = {
            "Starts an FTP server and the gateway on loopback, moves files, shows what was rewritten.",
            "The gateway is in front of the server, and each has a loopback address of its own."
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tls", description = "use TLS on both sides, with certificates made at start")
    private boolean tls;

    @Option(names = "--keep", description = "keep running until Ctrl-C, for clients of your own")
    private boolean keep;

    @Option(
            names = "--size",
            paramLabel = "MIB",
            converter = Mebibytes.class,
            description = "size of the transferred file (default 16)")
    private int size = 16;

    @Option(names = "--verbose", description = "show the gateway's log")
    private boolean verbose;

    /** The size of a file, 1 to a million. */
    static final class Mebibytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 1_000_000) {
                throw new TypeConversionException("expected a number from 1 to 1000000");
            }
            return Integer.parseInt(text);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        LogLevels.set("io.ftpalg", verbose ? Level.DEBUG : Level.ERROR);
        Demo demo = new Demo(spec.commandLine().getOut(), new EventLog(), tls);
        Thread hook = Shutdown.onSignal(() -> {
            demo.close();
            return ExitCode.OK;
        });
        Optional<String> failure;
        try {
            failure = show(demo);
        } finally {
            demo.close();
            Shutdown.cancel(hook);
        }
        failure.ifPresent(
                what -> spec.commandLine().getErr().println("ftp-alg: the demo failed: " + Escape.line(what)));
        return failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** Returns what went wrong, which is reported later: a demo that Ctrl-C ended has not failed. */
    private Optional<String> show(Demo demo) throws InterruptedException {
        try {
            demo.start();
            demo.transfer(size);
            demo.howToConnect(keep);
            if (keep) {
                Shutdown.awaitSignal();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
