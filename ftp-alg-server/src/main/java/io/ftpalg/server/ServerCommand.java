package io.ftpalg.server;

import io.ftpalg.FtpAlgException;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.admin.AdminException;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.admin.api.AdminApi;
import io.ftpalg.server.admin.api.Program;
import io.ftpalg.server.cli.GatewayOptions;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.ConfigWatch;
import io.ftpalg.server.files.BuildVersion;
import io.ftpalg.server.handover.HandoverException;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.log.LogLines;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.metrics.Metrics;
import io.ftpalg.server.otlp.Otlp;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.Reloader;
import io.ftpalg.server.runtime.RunningFacts;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.runtime.Shutdown;
import io.ftpalg.server.runtime.Transports;
import io.ftpalg.server.runtime.Warnings;
import io.ftpalg.server.service.PassedDescriptors;
import io.ftpalg.server.service.ServiceManager;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LogFormat;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.netty.util.NetUtil;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The {@code ftp-alg} command: starts the gateway of its options, prints one line, and runs until the JVM is told to
 * end. Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "ftp-alg",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "ftp-alg --listen HOST:PORT --upstream HOST[:PORT] [OPTIONS]",
            "       ftp-alg --listen HOST:PORT --forward --allow-target HOST_OR_CIDR[:PORTS] [OPTIONS]",
            "       ftp-alg --listen HOST:PORT --transparent redirect|tproxy [OPTIONS]",
            "       ftp-alg [check|rules|health] --config FILE",
            "       ftp-alg demo [--tls] [--keep]"
        },
        description = "FTP application-level gateway: forwards FTP and FTPS sessions and rewrites data addresses.",
        footer = {
            "",
            "Behind NAT: --max-per-address, --max-new-per-address, --failed-logins-per-address, --passive-share"
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped, after running transfers were done",
            "1:cannot run, such as a port in use",
            "2:the command line or the config file is wrong",
            "3:cannot continue (out of memory, a failed thread): restart it"
        })
final class ServerCommand implements Callable<Integer> {
    private static final Logger logger = LoggerFactory.getLogger(ServerCommand.class);
    private static final Set<String> FILE_GOES_WITH = Set.of("--config", "--verbose");

    /** How long running transfers may take, if an operator who ends the program has set it. */
    private volatile Optional<Duration> graceByOperator = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "config file (YAML): several listeners, more settings; excludes other options")
    private Optional<Path> config = Optional.empty();

    private final ServiceManager manager = ServiceManager.of(
            ConfigLoader.environment(), ProcessHandle.current().pid());

    @Override
    public Integer call() throws InterruptedException {
        Verbosity verbosity = new Verbosity(verbose());
        if (config.isPresent()) {
            return call(config.get(), verbosity);
        }
        verbosity.set(false);
        ProgramSettings settings = GatewayOptions.settings(spec.commandLine());
        Optional<String> unable = Transports.unable(settings, Names.OPTIONS);
        if (unable.isPresent()) {
            return fail(unable.get());
        }
        Warnings.of(settings, settings.listeners().get(0), Names.OPTIONS).forEach(logger::warn);
        try {
            return run(settings, verbosity, (gateways, admin) -> Optional.empty());
        } catch (SettingsException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    private int call(Path file, Verbosity verbosity) throws InterruptedException {
        ParseResult given = spec.commandLine().getParseResult();
        for (OptionSpec option : given.matchedOptions()) {
            if (!FILE_GOES_WITH.contains(option.longestName())) {
                throw new ParameterException(
                        spec.commandLine(), "--config excludes " + option.longestName() + ": set it in the file");
            }
        }
        try {
            ConfigWatch watch = new ConfigWatch(List.of(file));
            ConfigFile content = ConfigLoader.load(file, ConfigLoader.environment());
            Optional<String> unable = Transports.unable(content.settings(), Names.KEYS);
            if (unable.isPresent()) {
                return CheckCommand.fail(file, unable.get(), spec.commandLine().getErr());
            }
            verbosity.set(content.settings().verbose());
            LogLines.use(content.settings().logFormat() == LogFormat.JSON);
            Warnings.of(content).forEach(logger::warn);
            return run(
                    content.settings(),
                    verbosity,
                    (gateways, admin) -> Optional.of(new Reloader(
                            file, ConfigLoader.environment(), content, watch, gateways, admin, verbosity, manager)));
        } catch (ConfigException e) {
            CheckCommand.print(e, spec.commandLine().getErr());
            return ExitCode.USAGE;
        } catch (SettingsException e) {
            return CheckCommand.fail(
                    file, String.valueOf(e.getMessage()), spec.commandLine().getErr());
        }
    }

    private int run(
            ProgramSettings settings,
            Verbosity verbosity,
            BiFunction<Gateways, AdminServer, Optional<Reloader>> reloading)
            throws InterruptedException, SettingsException {
        List<Integer> passed;
        try {
            passed = PassedDescriptors.of(
                    ConfigLoader.environment(), ProcessHandle.current().pid());
        } catch (IllegalArgumentException e) {
            return fail(String.valueOf(e.getMessage()));
        }
        Takeover takeover;
        try {
            takeover = Takeover.begin(settings.handover());
        } catch (HandoverException e) {
            return fail(String.valueOf(e.getMessage()));
        }
        Metrics metrics = new Metrics();
        AdminApi api = new AdminApi();
        Optional<Otlp> otlp = Exports.of(settings);
        Gateways gateways = Gateways.of(settings, now -> Stream.concat(
                        now.admin().isPresent()
                                ? Stream.concat(Stream.of(metrics.listener()), api.listeners().stream())
                                : Stream.empty(),
                        otlp.stream().flatMap(export -> export.listeners().stream()))
                .toList());
        api.notify(gateways.audit()::adminAction);
        RunningFacts facts =
                new RunningFacts(gateways, () -> otlp.map(Otlp::spansDropped).orElse(0L));
        NextProcess next =
                NextProcess.of(spec.commandLine().getParseResult().originalArgs(), ConfigLoader.environment());
        Program program = new Program(
                gateways, verbosity, this::stop, new Program.Upgrade(next::start, next::running, next::exitCode));
        AdminServer admin = new AdminServer(AdminTable.of(facts, metrics, api, program));
        Optional<Reloader> reloader = reloading.apply(gateways, admin);
        program.reloadBy(reloader);
        reloader.ifPresent(Reloader::receiveSignals);
        try {
            if (!takeover.replacesAnother()) {
                admin.prepare(settings.admin()).commit();
            }
            gateways.warmUp();
            gateways.start(passed, takeover.descriptors());
        } catch (AdminException e) {
            gateways.close();
            return fail(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            admin.close();
            if (e.getCause() instanceof FtpAlgException failure) {
                return fail(String.valueOf(failure.getMessage()));
            }
            throw new IllegalStateException("the gateway failed to start", e.getCause());
        }
        Replacement replacement = new Replacement(gateways, admin, reloader, next, manager);
        Thread unused = Shutdown.onSignal(() -> {
            reloader.ifPresent(Reloader::close);
            replacement.close();
            Duration grace = graceByOperator.orElse(gateways.settings().drain());
            manager.stopping("waiting for transfers to finish", Shutdown.longest(grace));
            int code = Shutdown.drain(gateways, grace);
            Exports.close(otlp);
            admin.close();
            return code;
        });
        try {
            takeover.finish();
            if (takeover.replacesAnother()) {
                admin.prepare(settings.admin()).commit();
            }
            takeover.await(gateways, replacement);
        } catch (AdminException | HandoverException e) {
            if (!takeover.replacesAnother()) {
                gateways.close();
                admin.close();
                return fail(String.valueOf(e.getMessage()));
            }
            // Clients are served already, those of the process that was replaced too.
            logger.error(String.valueOf(e.getMessage()));
        }
        Exports.start(otlp, gateways, facts);
        reloader.ifPresent(Reloader::start);
        PrintWriter out = spec.commandLine().getOut();
        out.println(readyLine(settings, gateways.boundAddresses()));
        manager.watch(gateways.loops());
        manager.ready(gateways.status());
        return Shutdown.awaitSignal();
    }

    /** As a signal does: the hook of the shutdown does the work. */
    private void stop(Optional<Duration> grace) {
        graceByOperator = grace;
        new Thread(() -> System.exit(0), "drain").start();
    }

    private boolean verbose() {
        return ProgramKeys.VERBOSE
                .option()
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option.name()))
                .isPresent();
    }

    static String readyLine(ProgramSettings settings, List<List<InetSocketAddress>> bound) {
        return "ftp-alg " + BuildVersion.version() + " ready: "
                + IntStream.range(0, bound.size())
                        .mapToObj(i -> summary(settings.listeners().get(i), bound.get(i), settings.transport()))
                        .collect(Collectors.joining("; "));
    }

    private static String summary(ListenerSettings settings, List<InetSocketAddress> bound, TransportType transport) {
        return bound.stream().map(NetUtil::toSocketAddressString).collect(Collectors.joining(", "))
                + " -> " + routes(settings.routing()) + settings.routing().otherwise() + ", passive ports "
                + settings.data().passivePorts().map(PortRange::toString).orElse("any") + ", "
                + Transports.name(transport)
                + settings.transparent()
                        .map(on ->
                                ", transparent " + Choices.name(on.mode()) + (on.spoofClient() ? " as the client" : ""))
                        .orElse("")
                + Stream.concat(summary(settings.clientTls()).stream(), summary(settings.serverTls()).stream())
                        .map(part -> ", " + part)
                        .collect(Collectors.joining());
    }

    private static String routes(RoutingSettings routing) {
        int routes = routing.routes().size();
        return routes == 0 ? "" : routes + (routes == 1 ? " route, then " : " routes, then ");
    }

    private static Optional<String> summary(ClientTlsSettings tls) {
        return tls.leg()
                .map(on -> "TLS " + Choices.name(tls.use().control()) + " (" + Choices.name(on.runningEngine()) + ")")
                .or(() -> tls.auth().map(mode -> "AUTH " + Choices.name(mode)));
    }

    private static Optional<String> summary(ServerTlsSettings tls) {
        String mode = tls.use().implicit()
                ? "implicit"
                : tls.use().mode() == ServerTls.Mode.OFF
                        ? "by server"
                        : Choices.name(tls.use().mode());
        return tls.leg()
                .map(on ->
                        "server TLS " + mode + " (" + Choices.name(on.engine().resolved()) + ")");
    }

    private int fail(String message) {
        spec.commandLine().getErr().println("ftp-alg: " + Escape.line(message));
        return ExitCode.SOFTWARE;
    }
}
