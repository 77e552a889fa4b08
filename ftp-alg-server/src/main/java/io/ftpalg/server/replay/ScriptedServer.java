package io.ftpalg.server.replay;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.replay.Step.Command;
import io.ftpalg.server.replay.Step.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server of a replay: it sends the recorded replies, in the recorded order and after the recorded commands. Made and ended by
 * the thread that replays; works on a thread of its own, until its script is done and its peer gone.
 */
final class ScriptedServer {
    private static final String NOT_RECORDED = "500 Not in the trace";

    private final Script script;
    private final Transcript transcript;
    private final Duration timeout;
    private final boolean closes;
    private final ServerSocket socket;
    private final Thread thread = new Thread(this::run, "replay-server");
    private volatile Optional<Socket> accepted = Optional.empty();
    private volatile boolean over;

    /**
     * Opens its port; nothing is accepted before {@link #start}.
     *
     * @param closes whether it closes the connection after its last step
     */
    ScriptedServer(InetAddress host, Script script, boolean closes, Transcript transcript, Duration timeout)
            throws IOException {
        this.script = script;
        this.closes = closes;
        this.transcript = transcript;
        this.timeout = timeout;
        this.socket = new ServerSocket(0, 4, host);
        thread.setDaemon(true);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    void start() {
        thread.start();
    }

    private void run() {
        for (List<Step> steps : script.connections()) {
            Run run = new Run(steps);
            try {
                if (!over && !steps.isEmpty()) {
                    serve(run);
                }
            } catch (IOException e) {
                if (!over) {
                    transcript.fault("server: " + e.getMessage());
                }
            } finally {
                run.reportMissing();
            }
        }
    }

    private void serve(Run run) throws IOException {
        try (Socket client = socket.accept();
                ControlLines control = new ControlLines(client, timeout);
                DataConnection data = new DataConnection(timeout)) {
            accepted = Optional.of(client);
            // The client of the replay has the bound of a step; a command of the gateway comes with one of the
            // client's.
            client.setSoTimeout(0);
            run.on(control, data);
        }
    }

    /** Waits for the end of its script, and ends it. */
    void end() throws IOException, InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(timeout.toMillis());
        }
        over = true;
        socket.close();
        if (accepted.isPresent()) {
            accepted.get().close();
        }
        if (thread.getState() != Thread.State.NEW) {
            thread.join();
        }
    }

    /** One control connection. */
    private final class Run {
        private final List<Step> steps;
        private int next;
        private Optional<String> transfer = Optional.empty();

        Run(List<Step> steps) {
            this.steps = steps;
        }

        void on(ControlLines control, DataConnection data) throws IOException {
            while (true) {
                while (next < steps.size() && steps.get(next) instanceof Reply reply) {
                    next++;
                    send(reply, control, data);
                }
                if (closes && next == steps.size()) {
                    return;
                }
                Optional<String> line = control.line();
                if (line.isEmpty()) {
                    return;
                }
                receive(line.get(), control, data);
            }
        }

        private void receive(String line, ControlLines control, DataConnection data) throws IOException {
            int found = find(Command.verb(line));
            if (found < 0) {
                transcript.extra(Direction.TO_SERVER, line);
                control.send(NOT_RECORDED);
                return;
            }
            reportMissing(found);
            Command command = (Command) steps.get(found);
            next = found + 1;
            transcript.command(Direction.TO_SERVER, command.text(), line);
            if (DataConnection.isTransfer(command.verb())) {
                transfer = Optional.of(command.verb());
            }
            if (command.verb().equals("PORT") || command.verb().equals("EPRT")) {
                named(new Command(line, command.code()), control, data);
            }
        }

        private void named(Command now, ControlLines control, DataConnection data) throws IOException {
            try {
                DataSyntax syntax = DataSyntax.of(FtpVerb.valueOf(now.verb()));
                if (now.isAccepted()) {
                    data.named(syntax.parse(now.argument(), control.peer()));
                }
            } catch (DataSyntaxException e) {
                transcript.fault("server: data port not understood");
            }
        }

        private int find(String verb) {
            for (int i = next; i < steps.size(); i++) {
                if (steps.get(i) instanceof Command command && command.verb().equals(verb)) {
                    return i;
                }
            }
            return -1;
        }

        private void send(Reply reply, ControlLines control, DataConnection data) throws IOException {
            if (transfer.isPresent() && !reply.isPreliminary()) {
                finish(reply.code() / 100 == 2, transfer.get(), data);
                transfer = Optional.empty();
            }
            for (String line : reply.lines()) {
                String text = withOwnPort(line, control, data);
                transcript.sent(Direction.FROM_SERVER, text);
                control.send(text);
            }
            if (transfer.isPresent() && reply.isPreliminary()) {
                open(data);
            }
        }

        private void open(DataConnection data) throws IOException {
            try {
                data.open();
            } catch (SocketTimeoutException e) {
                transcript.fault("server: no data connection within " + timeout.toSeconds() + " s");
                data.close();
            }
        }

        private void finish(boolean complete, String verb, DataConnection data) throws IOException {
            if (!complete) {
                data.close();
                return;
            }
            open(data);
            if (DataConnection.isUpload(verb)) {
                data.receive();
            } else {
                data.send();
            }
        }

        private String withOwnPort(String line, ControlLines control, DataConnection data) throws IOException {
            if (line.startsWith("227 ") || line.startsWith("229 ")) {
                DataSyntax syntax = line.startsWith("227 ") ? DataSyntax.PASV : DataSyntax.EPSV;
                try {
                    InetSocketAddress unused = syntax.parse(line.substring(4), control.localHost());
                    return line.substring(0, 4) + syntax.reword(line.substring(4), data.listen(control.localHost()));
                } catch (DataSyntaxException e) {
                    return line;
                }
            }
            return line;
        }

        void reportMissing() {
            reportMissing(steps.size());
            next = steps.size();
        }

        private void reportMissing(int end) {
            for (Step step : steps.subList(next, end)) {
                if (step instanceof Command command) {
                    transcript.missing(Direction.TO_SERVER, List.of(command.text()));
                }
            }
        }
    }
}
