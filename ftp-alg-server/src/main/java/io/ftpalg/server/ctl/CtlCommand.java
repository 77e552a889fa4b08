package io.ftpalg.server.ctl;

import io.ftpalg.server.json.Json;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ftp-alg ctl}: shows a running gateway, and acts on it. Filled by picocli, used once, on the main thread. */
@Command(
        name = "ctl",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show a running gateway, and act on it, by its admin server (docs/admin.md).",
        subcommands = {TraceCommand.class, TopCommand.class, UpgradeCommand.class})
public final class CtlCommand implements Callable<Integer> {
    private static final Path SOCKET = Path.of("/run/ftp-alg/admin.sock");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "Unix domain socket of the admin server; /run/ftp-alg/admin.sock if left out")
    private Optional<Path> socket = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "admin server, such as http://127.0.0.1:8021")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "file with the token of the admin server")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--json", description = "print what the API sends")
    private boolean json;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "ctl needs a command, such as 'ftp-alg ctl status': see ftp-alg ctl --help");
    }

    // ---- what all commands use

    AdminClient client() throws CtlException {
        return url.isPresent() ? AdminClient.url(url.get(), token()) : AdminClient.socket(socket.orElse(SOCKET));
    }

    private Optional<String> token() throws CtlException {
        if (tokenFile.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Files.readString(tokenFile.get(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst();
        } catch (IOException e) {
            throw new CtlException("cannot read the token file " + tokenFile.get() + ": " + e.getMessage());
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints what is no result, beside the results. */
    void note(String text) {
        spec.commandLine().getErr().println("ftp-alg: " + CtlText.safe(text));
    }

    boolean json() {
        return json;
    }

    /** Something to do with the gateway. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void run(AdminClient client) throws CtlException;
    }

    int run(Work work) {
        try {
            work.run(client());
            return ExitCode.OK;
        } catch (CtlException e) {
            String.valueOf(e.getMessage()).lines().forEach(this::note);
            return ExitCode.SOFTWARE;
        }
    }

    private int table(String path, String name, List<CtlText.Column> columns) {
        return run(client -> {
            String body = client.get(path);
            if (json) {
                out().println(body);
            } else {
                CtlText.table(CtlText.rows(JsonReader.object(body), name), columns)
                        .forEach(out()::println);
            }
        });
    }

    private int act(String path, Json.Fields body) {
        return run(client -> {
            String done = client.post(path, body.toString());
            if (json) {
                out().println(done);
            } else {
                Map<String, Object> action = JsonReader.object(done);
                String what = (action.get("action") + " " + action.get("target")).strip();
                out().println(CtlText.safe(what + ": " + action.get("result") + " " + action.get("detail"))
                        .strip());
            }
        });
    }

    private static Json.Fields nothing() {
        return Json.object();
    }

    // ---- the commands

    @Command(description = "State, totals and throughput.", mixinStandardHelpOptions = true)
    int status() {
        return run(client -> {
            String body = client.get("/api/v1/status");
            if (json) {
                out().println(body);
            } else {
                CtlText.status(JsonReader.object(body)).forEach(out()::println);
            }
        });
    }

    @Command(description = "Live sessions, the newest first.", mixinStandardHelpOptions = true)
    int sessions(
            @Option(
                            names = "--sort",
                            paramLabel = "FIELD",
                            defaultValue = "-id",
                            description = "such as -bytesPerSecond")
                    String sort,
            @Option(names = "--filter", paramLabel = "TEXT", defaultValue = "", description = "text in any column")
                    String filter,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "rows, 200 at most")
                    int limit) {
        return table(
                "/api/v1/sessions?sort=" + encoded(sort) + "&q=" + encoded(filter) + "&limit=" + limit,
                "sessions",
                CtlText.SESSIONS);
    }

    @Command(description = "One session, with both sides, as JSON.", mixinStandardHelpOptions = true)
    int session(@Parameters(paramLabel = "ID") long id) {
        return run(client -> out().println(client.get("/api/v1/sessions/" + id)));
    }

    @Command(description = "End a session: its transfer is cut, the client gets 421.", mixinStandardHelpOptions = true)
    int kill(@Parameters(paramLabel = "ID") long id) {
        return act("/api/v1/sessions/" + id + "/end", nothing());
    }

    @Command(description = "Servers of pools and their health.", mixinStandardHelpOptions = true)
    int servers() {
        return table("/api/v1/servers", "servers", CtlText.SERVERS);
    }

    @Command(description = "Give a server no new sessions.", mixinStandardHelpOptions = true)
    int eject(@Parameters(paramLabel = "SERVER") String server) {
        return act("/api/v1/servers/eject", nothing().put("server", server));
    }

    @Command(name = "return", description = "Return a server to rotation.", mixinStandardHelpOptions = true)
    int giveBack(@Parameters(paramLabel = "SERVER") String server) {
        return act("/api/v1/servers/return", nothing().put("server", server));
    }

    @Command(
            description = "Refuse new clients, let transfers finish, end the process.",
            mixinStandardHelpOptions = true)
    int drain(
            @Option(
                            names = "--grace",
                            paramLabel = "SECONDS",
                            description = "time for transfers; as configured if left out")
                    Optional<Integer> grace) {
        return act("/api/v1/drain", nothing().put("graceSeconds", grace));
    }

    @Command(description = "Read the config file again.", mixinStandardHelpOptions = true)
    int reload() {
        return act("/api/v1/reload", nothing());
    }

    @Command(
            description = "Refuse new clients with 421 (on), or admit them again (off).",
            mixinStandardHelpOptions = true)
    int maintenance(
            @Parameters(paramLabel = "on|off") String state,
            @Option(names = "--text", paramLabel = "TEXT", description = "what clients receive")
                    Optional<String> text) {
        if (!state.equals("on") && !state.equals("off")) {
            throw new ParameterException(spec.commandLine(), "maintenance is on or off, not " + state);
        }
        return act(
                "/api/v1/maintenance", nothing().put("on", state.equals("on")).put("text", text));
    }

    @Command(description = "Blocked addresses and networks.", mixinStandardHelpOptions = true)
    int blocks() {
        return table("/api/v1/blocks", "blocks", CtlText.BLOCKS);
    }

    @Command(description = "Refuse new clients of an address or network for a time.", mixinStandardHelpOptions = true)
    int block(
            @Parameters(paramLabel = "NETWORK") String network,
            @Option(names = "--seconds", paramLabel = "N", defaultValue = "3600", description = "an hour if left out")
                    int seconds,
            @Option(names = "--end-sessions", description = "end its sessions too") boolean endSessions) {
        return act(
                "/api/v1/blocks",
                nothing().put("network", network).put("seconds", seconds).put("endSessions", endSessions));
    }

    @Command(description = "Admit clients of a blocked address or network again.", mixinStandardHelpOptions = true)
    int unblock(@Parameters(paramLabel = "NETWORK") String network) {
        return act("/api/v1/blocks/remove", nothing().put("network", network));
    }

    @Command(
            name = "log-level",
            description = "Set how much is logged: error, warn, info, debug, trace, default.",
            mixinStandardHelpOptions = true)
    int logLevel(@Parameters(paramLabel = "LEVEL") String level) {
        return act("/api/v1/log-level", nothing().put("level", level));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
