package io.ftpalg.server.ctl;

import io.ftpalg.server.json.Json;
import io.ftpalg.server.json.JsonReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code ftp-alg ctl trace}: the dialogue of both sides, live. Filled by picocli, used once, on the main thread. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show the dialogue of both sides of sessions live, passwords masked; end it with Ctrl-C.")
final class TraceCommand implements Callable<Integer> {
    @ParentCommand
    private CtlCommand ctl = new CtlCommand();

    @Option(names = "--client", paramLabel = "NETWORK", description = "sessions of this address or network")
    private Optional<String> client = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "sessions of this user")
    private Optional<String> user = Optional.empty();

    @Option(names = "--sessions", paramLabel = "N", description = "only so many sessions")
    private Optional<Integer> sessions = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "end after this time; 600 if left out")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--write", paramLabel = "FILE", description = "write the lines to this file too, as JSON")
    private Optional<Path> write = Optional.empty();

    @Override
    public Integer call() {
        return ctl.run(admin -> {
            Map<String, Object> trace = JsonReader.object(admin.post(
                    "/api/v1/traces",
                    Json.object()
                            .put("client", client)
                            .put("user", user)
                            .put("sessions", sessions)
                            .put("seconds", seconds)
                            .toString()));
            String path = "/api/v1/traces/" + trace.get("id");
            // Nothing is shown until a session sends something: the operator must know from when on it is seen.
            ctl.note("trace started, Ctrl-C ends it");
            // The trace must not run on for the rest of its time when its reader is gone.
            Thread stop = new Thread(() -> stop(path), "stop-trace");
            Runtime.getRuntime().addShutdownHook(stop);
            try (Writer file = file()) {
                admin.stream(path + "/stream", (name, data) -> show(name, data, file));
            } catch (IOException | UncheckedIOException e) {
                throw new CtlException(
                        "cannot write " + write.map(Path::toString).orElse("") + ": " + e.getMessage());
            } finally {
                stop(path);
                removed(stop);
            }
        });
    }

    private Writer file() throws IOException {
        return write.isPresent()
                ? new BufferedWriter(Files.newBufferedWriter(write.get(), StandardCharsets.US_ASCII))
                : Writer.nullWriter();
    }

    private boolean show(String name, String data, Writer file) {
        Map<String, Object> event = JsonReader.object(data);
        try {
            if (name.equals("line")) {
                file.write(data + "\n");
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ctl.json()) {
            ctl.out().println(data);
        } else {
            switch (name) {
                case "line" -> ctl.out().println(CtlText.traceLine(event));
                case "dropped" -> ctl.out().println("... " + event.get("count") + " lines are missing here");
                default -> ctl.out().println("trace ended: " + event.get("reason"));
            }
        }
        return !name.equals("end");
    }

    private void stop(String path) {
        try {
            ctl.client().post(path + "/stop", "{}");
        } catch (CtlException e) {
            // It has ended by itself.
            return;
        }
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program ends by a signal, and the hook runs.
            return;
        }
    }
}
