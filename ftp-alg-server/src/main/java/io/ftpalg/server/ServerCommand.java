package io.ftpalg.server;

import io.ftpalg.FtpAlgException;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.config.ConfigException;
import io.netty.util.NetUtil;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The {@code ftp-alg} command: starts the gateway of its options, says so in one line, and runs until the JVM is told to
 * end. Filled by picocli, used once, on the main thread.
 */
@Command(name = "ftp-alg", sortOptions = false, mixinStandardHelpOptions = true, versionProvider = BuildInfo.class,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "ftp-alg --listen HOST:PORT --upstream HOST[:PORT] [OPTIONS]",
            "       ftp-alg --listen HOST:PORT --forward --allow-target HOST_OR_CIDR[:PORTS] [OPTIONS]",
            "       ftp-alg [check] --config FILE",
            "       ftp-alg demo [--tls] [--keep]"},
        description = "An FTP gateway: real clients through it to real servers, addresses rewritten, every byte intact.",
        footer = {"",
            "Behind NAT: --max-per-address, --max-new-per-address, --failed-logins-per-address, --passive-share"},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped, after running transfers were done", "1:could not run, such as a port in use",
            "2:the command line or the config file is wrong",
            "3:out of memory, or the JVM failed: restart it"})
final class ServerCommand implements Callable<Integer> {
    private static final Logger logger = LoggerFactory.getLogger(ServerCommand.class);
    private static final InetSocketAddress DEFAULT_LISTEN = new InetSocketAddress("0.0.0.0", 2121);
    private static final Set<String> FILE_GOES_WITH = Set.of("--config", "--verbose");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--listen", paramLabel = "HOST:PORT",
            description = "where clients connect (default 0.0.0.0:2121); may be repeated")
    private List<InetSocketAddress> listen = new ArrayList<>();

    @Option(names = "--config", paramLabel = "FILE",
            description = "all of this and more from a file (YAML), with several listeners; excludes other options")
    private Optional<Path> config = Optional.empty();

    @Mixin(name = "Where sessions go")
    private RoutingOptions routing = new RoutingOptions();

    @Mixin(name = "Data connections")
    private DataPortOptions dataPorts = new DataPortOptions();

    @Mixin(name = "TLS with clients")
    private TlsOptions clientTls = new TlsOptions();

    @Mixin(name = "TLS with servers")
    private UpstreamTlsOptions serverTls = new UpstreamTlsOptions();

    @Mixin(name = "Running")
    private RunOptions running = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
        Verbosity verbosity = new Verbosity(running.verbose());
        if (config.isPresent()) {
            return call(config.get(), verbosity);
        }
        verbosity.set(false);
        List<Settings> all = List.of(settings());
        Optional<String> unable = Transports.unable(all);
        if (unable.isPresent()) {
            return fail(unable.get());
        }
        Warnings.of(all.get(0)).forEach(logger::warn);
        try {
            return run(all, gateways -> Optional.empty());
        } catch (SettingsException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    private int call(Path file, Verbosity verbosity) throws InterruptedException {
        ParseResult given = spec.commandLine().getParseResult();
        for (OptionSpec option : given.matchedOptions()) {
            if (!FILE_GOES_WITH.contains(option.longestName())) {
                throw new ParameterException(spec.commandLine(),
                        "--config excludes " + option.longestName() + ": say it in the file");
            }
        }
        try {
            ConfigWatch watch = new ConfigWatch(List.of(file));
            ConfigFile content = ConfigLoader.load(file, ConfigLoader.environment());
            Optional<String> unable = content.unable();
            if (unable.isPresent()) {
                return CheckCommand.fail(file, unable.get(), spec.commandLine().getErr());
            }
            verbosity.set(content.verbose());
            content.warnings().forEach(logger::warn);
            return run(content.listeners(), gateways -> Optional.of(
                    new Reloader(file, ConfigLoader.environment(), content, watch, gateways, verbosity)));
        } catch (ConfigException e) {
            CheckCommand.print(e, spec.commandLine().getErr());
            return ExitCode.USAGE;
        } catch (SettingsException e) {
            return CheckCommand.fail(file, String.valueOf(e.getMessage()), spec.commandLine().getErr());
        }
    }

    private int run(List<Settings> all, Function<Gateways, Optional<Reloader>> reloading)
            throws InterruptedException, SettingsException {
        Gateways gateways = Gateways.of(all);
        Optional<Reloader> reloader = reloading.apply(gateways);
        reloader.ifPresent(Reloader::hear);
        try {
            gateways.start();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FtpAlgException failure) {
                return fail(String.valueOf(failure.getMessage()));
            }
            throw new IllegalStateException("the gateway failed to start", e.getCause());
        }
        Thread unused = Shutdown.onSignal(() -> {
            reloader.ifPresent(Reloader::close);
            return Shutdown.drain(gateways, gateways.settings().get(0).drain());
        });
        reloader.ifPresent(Reloader::start);
        PrintWriter out = spec.commandLine().getOut();
        out.println(readyLine(all, gateways.boundAddresses()));
        return Shutdown.awaitSignal();
    }

    /** Returns what the options come to. */
    Settings settings() {
        return settings(FileSettings.NONE);
    }

    /** Returns what the options come to, together with what only a file says. */
    Settings settings(FileSettings file) {
        List<InetSocketAddress> where =
                listen.isEmpty() && !clientTls.hasImplicitListener() ? List.of(DEFAULT_LISTEN) : listen;
        RouteChoice route = routing.route(spec, !file.routes().isEmpty(), file.health());
        List<Upstream> servers = Stream.concat(file.routes().stream().map(RouteSettings::choice), Stream.of(route))
                .flatMap(choice -> choice instanceof RouteChoice.Reverse reverse ? reverse.servers().stream() : Stream.empty())
                .toList();
        return new Settings(where, route,
                routing.serverMode(), routing.sourceAddress(), dataPorts.passivePorts(), dataPorts.passiveAddress(),
                dataPorts.activeSourcePort(), dataPorts.dataConnect(), dataPorts.pasvAddress(spec), dataPorts.dataPeers(spec),
                running.telnet(), running.limits(), running.transport(), running.relay(), clientTls.settings(spec, where, route),
                serverTls.settings(spec, servers, clientTls.engine()), running.drainTimeout(), file);
    }

    static String readyLine(List<Settings> all, List<List<InetSocketAddress>> bound) {
        return "ftp-alg " + BuildInfo.version() + " ready: "
                + IntStream.range(0, all.size()).mapToObj(i -> summary(all.get(i), bound.get(i)))
                        .collect(Collectors.joining("; "));
    }

    private static String summary(Settings settings, List<InetSocketAddress> bound) {
        return bound.stream().map(NetUtil::toSocketAddressString).collect(Collectors.joining(", "))
                + " -> " + routes(settings) + settings.route() + ", passive ports "
                + settings.passivePorts().map(PortRange::toString).orElse("any") + ", "
                + Transports.name(settings.transport())
                + Stream.concat(settings.clientTls().summary().stream(), settings.serverTls().summary().stream())
                        .map(part -> ", " + part).collect(Collectors.joining());
    }

    private static String routes(Settings settings) {
        int routes = settings.file().routes().size();
        return routes == 0 ? "" : routes + (routes == 1 ? " route, then " : " routes, then ");
    }

    private int fail(String message) {
        spec.commandLine().getErr().println("ftp-alg: " + Escape.line(message));
        return ExitCode.SOFTWARE;
    }
}
