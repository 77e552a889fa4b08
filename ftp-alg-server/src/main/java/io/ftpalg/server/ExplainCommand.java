package io.ftpalg.server;

import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.policy.Answer;
import io.ftpalg.server.policy.Profile;
import io.ftpalg.server.policy.Question;
import io.ftpalg.server.policy.RulePrinter;
import io.ftpalg.server.settings.ListenerSettings;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The {@code explain} command: prints which rule decides on a command, and why; connects to nothing. Filled by picocli, used once,
 * on the main thread.
 */
@Command(
        name = "explain",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "ftp-alg explain --config FILE [--listener ADDRESS] 'client=10.0.0.7 user=bob STOR x.exe'",
            "       ftp-alg explain --profile NAME"
        },
        description = "Prints which rule decides on a command, and why; or the rules of a profile.",
        footer = {
            "",
            "Facts of the session come first: client, user, gateway-user, group, server, tls=yes, directory, size",
            "(declared by ALLO) and time, such as 2026-01-31T08:30:00Z; then the command as the client sends it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the command is allowed", "1:it is denied", "2:the file or the question has errors"})
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "the config file (YAML)")
    private @Nullable Path file;

    @Option(
            names = "--listener",
            paramLabel = "ADDRESS",
            description = "address of the listener, as in the file; needed where there are several")
    private @Nullable String listener;

    @Option(names = "--profile", paramLabel = "NAME", description = "print the rules of this profile")
    private @Nullable String profile;

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "facts of a session, and a command")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        try {
            if (profile != null) {
                RulePrinter.lines(Profile.of(profile).rules()).forEach(this::print);
                return ExitCode.OK;
            }
            if (file == null || words.isEmpty()) {
                throw new IllegalArgumentException("give --config and a question, or --profile");
            }
            ConfigFile config = ConfigLoader.load(file, ConfigLoader.environment());
            Answer answer =
                    Answer.of(listener(config).rules().set(), Question.of(String.join(" ", words), Instant.now()));
            answer.lines().forEach(this::print);
            return answer.allowed() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (ConfigException e) {
            CheckCommand.print(e, err());
            return ExitCode.USAGE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Escape.line(String.valueOf(e.getMessage())), e);
        }
    }

    private ListenerSettings listener(ConfigFile config) {
        List<ListenerSettings> all = config.settings().listeners();
        List<String> addresses = all.stream()
                .flatMap(ExplainCommand::addresses)
                .map(ExplainCommand::text)
                .toList();
        if (listener == null && all.size() > 1) {
            throw new IllegalArgumentException(
                    "there are several listeners: add --listener, one of " + String.join(", ", addresses));
        }
        Optional<ListenerSettings> one = all.stream()
                .filter(settings -> listener == null
                        || addresses(settings).map(ExplainCommand::text).anyMatch(listener::equals))
                .findFirst();
        return one.orElseThrow(() -> new IllegalArgumentException(
                "no listener has the address " + listener + ": give one of " + String.join(", ", addresses)));
    }

    private static Stream<InetSocketAddress> addresses(ListenerSettings settings) {
        return Stream.concat(settings.bind().plain().stream(), settings.bind().implicitTls().stream());
    }

    private static String text(InetSocketAddress address) {
        return IpLiteral.format(address);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(Escape.line(line));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
