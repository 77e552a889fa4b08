package io.ftpalg.server.replay;

import io.ftpalg.FtpAlg;
import io.ftpalg.server.runtime.GatewayMaker;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Replays sessions of a trace, one after the other, each with a server and a gateway of its own. Used by one thread. */
public final class Replay {
    /** Those where the server ended its connection, by which the gateway ended the session. */
    private static final Set<String> CLOSED_BY_SERVER = Set.of("SERVER_LOST", "SERVER_REFUSED");

    private static final String CLOSED_BY_CLIENT = "CLIENT_LOST";

    private final ProgramSettings program;
    private final ListenerSettings listener;
    private final Duration timeout;
    private final PrintWriter out;

    /** How the replay of a session ended. */
    public enum Outcome {
        /** All is as recorded. */
        SAME,
        /** Something is not. */
        DIFFERS,
        /** The trace has not the begin of the session, or nothing of it. */
        INCOMPLETE
    }

    /**
     * Makes the replays with the gateway of a listener.
     *
     * @param program the settings of the gateway
     * @param listener that of its listeners to use
     * @param timeout the bound of each wait
     * @param out receives the dialogue and what differs
     */
    public Replay(ProgramSettings program, ListenerSettings listener, Duration timeout, PrintWriter out) {
        this.program = program;
        this.listener = listener;
        this.timeout = timeout;
        this.out = out;
    }

    /** Replays a session, and prints both sides of it. */
    public Outcome run(RecordedSession session) throws ReplayException, InterruptedException {
        Transcript transcript = new Transcript(out, session.id(), new Comparison(session.isUnderTls()));
        Optional<RecordedLine> middle = session.midSession();
        if (middle.isPresent() || !session.hasDialogue()) {
            transcript.note("cannot be replayed: the trace has not its greeting"
                    + middle.map(line -> ", it begins in mid-session at line " + line.place() + " with "
                                    + line.direction().word() + " " + line.text())
                            .orElse("")
                    + " (start the trace before the session)");
            return Outcome.INCOMPLETE;
        }
        try {
            return run(session, transcript) ? Outcome.SAME : Outcome.DIFFERS;
        } catch (IOException | SettingsException e) {
            throw new ReplayException("session " + session.id() + " cannot be replayed: " + e.getMessage(), e);
        }
    }

    private boolean run(RecordedSession session, Transcript transcript)
            throws IOException, SettingsException, InterruptedException {
        Script client = Script.ofClient(session);
        Script server = Script.ofServer(session);
        Stream.concat(client.skipped().stream(), server.skipped().stream())
                .distinct()
                .forEach(command -> transcript.note("left out: " + command
                        + (command.startsWith("<") ? " (the trace has not the line)" : " (replayed in the clear)")));
        Optional<String> cause = session.closeCause();
        boolean serverCloses = cause.filter(CLOSED_BY_SERVER::contains).isPresent();
        boolean awaitsEnd = cause.isPresent() && !cause.get().equals(CLOSED_BY_CLIENT);
        ScriptedServer scripted = new ScriptedServer(
                loopback(session.isIpv6(Direction.TO_SERVER)), server, serverCloses, transcript, timeout);
        try {
            FtpAlg gateway = gateway(scripted.address(), loopback(session.isIpv6(Direction.FROM_CLIENT)));
            try {
                InetSocketAddress address = started(gateway);
                scripted.start();
                new ScriptedClient(client, transcript, timeout).run(address, awaitsEnd);
            } finally {
                scripted.end();
                var unused = gateway.stop(Duration.ZERO);
            }
        } finally {
            scripted.end();
        }
        boolean same = transcript.summary(client.replies());
        if (!same && isGreetedByGateway(session)) {
            transcript.note("the recorded gateway greeted this client itself: give the config that it had (--config)");
        }
        return same;
    }

    /** A server that is chosen by the login has not greeted yet. */
    private boolean isGreetedByGateway(RecordedSession session) {
        boolean clientFirst = session.lines().stream()
                .filter(RecordedLine::isReply)
                .findFirst()
                .filter(line -> line.direction() == Direction.TO_CLIENT)
                .isPresent();
        return clientFirst && listener.routing().routes().isEmpty();
    }

    private FtpAlg gateway(InetSocketAddress server, InetAddress host) throws SettingsException {
        ProgramSettings settings = ReplaySettings.of(program, listener, host);
        return GatewayMaker.make(
                        settings,
                        settings.listeners().get(0),
                        inner -> new ReplayRouter(
                                inner, server, listener.routing().serverMode()))
                .gateway();
    }

    private InetSocketAddress started(FtpAlg gateway) throws IOException, InterruptedException {
        try {
            return gateway.start()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .boundAddresses()
                    .get(0);
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("the gateway did not start within " + timeout.toSeconds() + " s", e);
        }
    }

    private static InetAddress loopback(boolean ipv6) throws IOException {
        byte[] host = ipv6 ? new byte[16] : new byte[] {127, 0, 0, 1};
        host[host.length - 1] = 1;
        return InetAddress.getByAddress(host);
    }
}
