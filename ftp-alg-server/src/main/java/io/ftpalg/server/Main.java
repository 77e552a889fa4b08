package io.ftpalg.server;

import io.ftpalg.server.audit.verify.AuditCommand;
import io.ftpalg.server.cli.GatewayOptions;
import io.ftpalg.server.cli.GroupedOptions;
import io.ftpalg.server.cli.OptionErrors;
import io.ftpalg.server.ctl.CtlCommand;
import io.ftpalg.server.demo.DemoCommand;
import io.ftpalg.server.log.FatalErrors;
import io.ftpalg.server.log.LogLevels;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The program: runs the command line and ends the JVM with its exit code. */
public final class Main {
    static final String LEAK_SAMPLING = "io.netty.leakDetection.samplingInterval";
    private static final String BUFFER_EVENTS = "io.netty.jfr.enabled";

    private Main() {}

    /** Runs the program. */
    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(new FatalErrors());
        refuseRenegotiation();
        sampleLeaksSeldom();
        leaveOutBufferEvents();
        int code = commandLine().execute(args);
        LogLevels.flush();
        System.exit(code);
    }

    /** The JDK's engine reads it once, before its first handshake; OpenSSL's never lets a client renegotiate. */
    private static void refuseRenegotiation() {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    /** Netty records the stack of one buffer in 128, which takes 1 % of the processor time; one that always leaks is found by fewer too. */
    static void sampleLeaksSeldom() {
        if (System.getProperty(LEAK_SAMPLING) == null) {
            System.setProperty(LEAK_SAMPLING, "4096");
        }
    }

    /** Netty's events of buffers for JFR: their classes are made by each start, and no recording is on by default. */
    private static void leaveOutBufferEvents() {
        if (System.getProperty(BUFFER_EVENTS) == null) {
            System.setProperty(BUFFER_EVENTS, "false");
        }
    }

    /** Returns the command line of the program, which writes to standard output and standard error. */
    public static CommandLine commandLine() {
        BuildInfo version = new BuildInfo();
        CommandLine line = new CommandLine(new ServerCommand());
        GatewayOptions.addTo(line.getCommandSpec());
        line.addSubcommand(new CheckCommand());
        line.addSubcommand(new ExplainCommand());
        line.addSubcommand(new RulesCommand());
        line.addSubcommand(new HealthCommand());
        line.addSubcommand(new DemoCommand());
        line.addSubcommand(new CtlCommand());
        line.addSubcommand(new ReplayCommand());
        line.addSubcommand(new AuditCommand());
        line.addSubcommand(new QuotaCommand());
        line.getCommandSpec().versionProvider(version);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(version));
        line.setExpandAtFiles(false);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.US_ASCII));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.US_ASCII));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler(new OptionErrors());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedOptions());
        line.setUsageHelpLongOptionsMaxWidth(32);
        line.setUsageHelpWidth(100);
        return line;
    }
}
