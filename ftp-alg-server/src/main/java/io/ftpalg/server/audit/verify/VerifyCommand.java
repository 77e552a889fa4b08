package io.ftpalg.server.audit.verify;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.log.Escape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ftp-alg audit verify}. Filled by picocli, used once, on the main thread. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check the hash chain of audit files, the oldest first; files that end in .gz are decompressed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all lines are as they were written", "1:a line is not", "2:a file cannot be read"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--chain-key-file", paramLabel = "FILE", description = "the key, where the sink has one")
    private Optional<Path> key = Optional.empty();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "audit files, the oldest first")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path current = key.orElse(files.get(0));
        try {
            ChainVerifier verifier = new ChainVerifier(secret());
            for (Path file : files) {
                current = file;
                try (InputStream in = open(file)) {
                    verifier.read(file.toString(), in);
                }
            }
            Optional<String> wrong = verifier.finish();
            verifier.summary().forEach(line -> out.println(Escape.line(line)));
            wrong.ifPresent(line -> err.println(Escape.line(line)));
            return wrong.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (NoSuchFileException e) {
            err.println(Escape.line(current + ": no such file"));
        } catch (IOException e) {
            err.println(Escape.line(current + ": cannot be read: " + e.getMessage()));
        }
        return ExitCode.USAGE;
    }

    private Optional<Secret> secret() throws IOException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(key.get(), StandardCharsets.ISO_8859_1);
        return Optional.of(Secret.of(lines.isEmpty() ? "" : lines.get(0)));
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }
}
