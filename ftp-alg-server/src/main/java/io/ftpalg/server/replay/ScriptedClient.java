package io.ftpalg.server.replay;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.replay.Step.Command;
import io.ftpalg.server.replay.Step.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The client of a replay: it sends the recorded commands, each when the replies that came before it in the trace have arrived. Used
 * once, by the thread that replays.
 */
final class ScriptedClient {
    private final List<Step> steps;
    private final Transcript transcript;
    private final Duration timeout;
    /** Commands whose final reply has not arrived. */
    private final Deque<Command> waiting = new ArrayDeque<>();

    private int next;

    ScriptedClient(Script script, Transcript transcript, Duration timeout) {
        this.steps = script.steps();
        this.transcript = transcript;
        this.timeout = timeout;
    }

    /**
     * Does all steps, or those until the gateway does not reply.
     *
     * @param awaitsEnd whether the gateway closed the connection, so that its end is waited for
     */
    void run(InetSocketAddress gateway, boolean awaitsEnd) throws IOException {
        try (ControlLines control = ControlLines.connect(gateway, timeout);
                DataConnection data = new DataConnection(timeout)) {
            boolean open = true;
            while (open && next < steps.size()) {
                Step step = steps.get(next++);
                open = step instanceof Reply reply
                        ? receive(reply, control, data)
                        : send((Command) step, control, data);
            }
            if (open && awaitsEnd) {
                awaitEnd(control);
            }
        } finally {
            for (Step step : steps.subList(next, steps.size())) {
                transcript.missing(
                        step instanceof Reply ? Direction.TO_CLIENT : Direction.FROM_CLIENT,
                        step instanceof Reply reply ? reply.lines() : List.of(((Command) step).text()));
            }
        }
    }

    private boolean send(Command command, ControlLines control, DataConnection data) throws IOException {
        String text = withOwnPort(command, control, data);
        transcript.sent(Direction.FROM_CLIENT, text);
        waiting.add(command);
        try {
            control.send(text);
            return true;
        } catch (SocketException e) {
            transcript.fault("the gateway closed the connection");
            return false;
        }
    }

    private String withOwnPort(Command command, ControlLines control, DataConnection data) throws IOException {
        if (!command.verb().equals("PORT") && !command.verb().equals("EPRT")) {
            return command.text();
        }
        DataSyntax syntax = DataSyntax.of(FtpVerb.valueOf(command.verb()));
        try {
            InetSocketAddress recorded = syntax.parse(command.argument(), control.localHost());
            // One that was refused is sent so that it is refused again, and never names another host than this one.
            InetSocketAddress own = command.isAccepted()
                    ? data.listen(control.localHost())
                    : RefusedPort.of(recorded, control.localHost());
            return command.verb() + ' ' + syntax.format(own);
        } catch (DataSyntaxException | IllegalArgumentException e) {
            return command.text();
        }
    }

    private boolean receive(Reply recorded, ControlLines control, DataConnection data) throws IOException {
        Optional<Reply> reply = Optional.empty();
        String fault = "the gateway closed the connection";
        try {
            reply = control.reply();
        } catch (SocketTimeoutException e) {
            fault = "no reply within " + timeout.toSeconds() + " s";
        } catch (SocketException e) {
            fault = "the gateway reset the connection";
        }
        if (reply.isEmpty()) {
            next--;
            transcript.fault(fault);
            return false;
        }
        transcript.reply(recorded, reply.get());
        answered(reply.get(), control, data);
        return true;
    }

    private void answered(Reply reply, ControlLines control, DataConnection data) throws IOException {
        Command command = waiting.peek();
        if (command == null) {
            return;
        }
        if (reply.isPreliminary() && DataConnection.isTransfer(command.verb())) {
            // Before an ABOR, as the trace has it, the connection stays open.
            transfer(command, next < steps.size() && steps.get(next) instanceof Reply, data);
            return;
        }
        if (reply.isPreliminary()) {
            return;
        }
        waiting.remove();
        boolean isPassive = reply.code() == 227 || reply.code() == 229;
        if (isPassive) {
            connect(reply, control, data);
        } else if (DataConnection.isTransfer(command.verb())) {
            data.close();
        }
    }

    private void transfer(Command command, boolean toItsEnd, DataConnection data) {
        try {
            data.open();
            if (toItsEnd && DataConnection.isUpload(command.verb())) {
                data.send();
            } else if (toItsEnd) {
                data.receive();
            }
        } catch (IOException e) {
            transcript.fault("client: data connection failed: " + e.getMessage());
        }
    }

    private void connect(Reply reply, ControlLines control, DataConnection data) {
        DataSyntax syntax = reply.code() == 227 ? DataSyntax.PASV : DataSyntax.EPSV;
        String last = reply.lines().get(reply.lines().size() - 1);
        try {
            data.named(syntax.parse(last.substring(Math.min(4, last.length())), control.peer()));
            data.open();
        } catch (DataSyntaxException e) {
            transcript.fault("client: data port not understood");
        } catch (IOException e) {
            transcript.fault("client: data connection failed: " + e.getMessage());
        }
    }

    private void awaitEnd(ControlLines control) throws IOException {
        try {
            Optional<String> more = control.line();
            while (more.isPresent()) {
                transcript.extra(Direction.TO_CLIENT, more.get());
                more = control.line();
            }
        } catch (SocketTimeoutException e) {
            transcript.fault("the gateway did not close the connection within " + timeout.toSeconds() + " s");
        } catch (SocketException e) {
            // It has closed it, by a reset.
            return;
        }
    }
}
