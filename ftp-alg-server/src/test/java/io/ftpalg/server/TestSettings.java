package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.rules.Rule;
import io.ftpalg.server.cli.GatewayOptions;
import io.ftpalg.server.policy.RuleSettings;
import io.ftpalg.server.runtime.GatewayMaker;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.ServerTlsSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Settings for tests, by the options of the command line. Stateless. */
public final class TestSettings {

    private TestSettings() {}

    /** Returns the settings of a command line. */
    public static ProgramSettings program(String... args) {
        CommandLine line = Main.commandLine();
        line.parseArgs(args);
        return GatewayOptions.settings(line);
    }

    /** Returns the settings of the one listener of a command line. */
    public static ListenerSettings listener(String... args) {
        return program(args).listeners().get(0);
    }

    /** Returns the settings of a program with the listeners of these, and all else as the first one has it. */
    public static ProgramSettings together(ProgramSettings first, ProgramSettings... others) {
        List<ListenerSettings> all = Stream.concat(Stream.of(first), Stream.of(others))
                .flatMap(program -> program.listeners().stream())
                .toList();
        return new ProgramSettings(
                all,
                first.transport(),
                first.relay(),
                first.kernelPath(),
                first.drain(),
                first.warmUp(),
                first.nameServers(),
                first.bandwidth(),
                first.quotas(),
                first.concurrency(),
                first.verbose(),
                first.logFormat(),
                first.reload(),
                first.admin(),
                first.otlp(),
                first.audit(),
                first.handover());
    }

    /** Returns the same without places of rules, and without TLS with servers: what is printed of that is the mode in effect. */
    public static ProgramSettings withoutServerTls(ProgramSettings program) {
        return new ProgramSettings(
                program.listeners().stream()
                        .map(one -> new ListenerSettings(
                                one.bind(),
                                one.routing(),
                                one.data(),
                                one.clientTls(),
                                ServerTlsSettings.NONE,
                                one.login(),
                                one.access(),
                                one.texts(),
                                one.telnet(),
                                one.limits(),
                                one.transparent(),
                                one.protocol(),
                                one.proxyProtocol(),
                                withoutPlaces(one.rules()),
                                one.inspection()))
                        .toList(),
                program.transport(),
                program.relay(),
                program.kernelPath(),
                program.drain(),
                program.warmUp(),
                program.nameServers(),
                program.bandwidth(),
                program.quotas(),
                program.concurrency(),
                program.verbose(),
                program.logFormat(),
                program.reload(),
                program.admin(),
                program.otlp(),
                program.audit(),
                program.handover());
    }

    private static RuleSettings withoutPlaces(RuleSettings rules) {
        return new RuleSettings(
                rules.rules().stream()
                        .map(rule -> new Rule(rule.name(), "", rule.when(), rule.action()))
                        .toList(),
                rules.otherwise(),
                rules.replies());
    }

    /** Returns the gateway of the one listener of a program on event loops of its own, not yet started. */
    public static FtpAlg gateway(ProgramSettings program) throws SettingsException {
        return GatewayMaker.make(program, program.listeners().get(0), List.of(), Optional.empty())
                .gateway();
    }
}
