package io.ftpalg.session.base;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.MalformedCommand.Flaw;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends replies to the client, and counts and paces its errors. Owned by the session. */
public final class ClientReplies {
    private static final int OVERLONG_LINES = 3;

    private final SessionLifecycle lifecycle;
    private final SessionActions port;
    private final ClientPresence client;
    private final SessionEvents events;
    private final int maxBadCommands;
    private final ErrorPace pace = new ErrorPace();
    private int badCommands;
    private int overlongLines;
    private int openReply;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private @Nullable UnaryOperator<FtpReply> filter;

    public ClientReplies(
            SessionLifecycle lifecycle,
            SessionActions port,
            ClientPresence client,
            SessionEvents events,
            int maxBadCommands) {
        this.lifecycle = lifecycle;
        this.port = port;
        this.client = client;
        this.events = events;
        this.maxBadCommands = maxBadCommands;
    }

    /** Sets what changes replies before they are sent, once, before the session's first event. */
    public void filterBy(UnaryOperator<FtpReply> by) {
        filter = by;
    }

    /** Sends a reply that is none of the gateway's own errors; a client that is gone gets none. */
    public void send(FtpReply reply) {
        if (!client.isGone()) {
            FtpReply sent = filter == null ? reply : filter.apply(reply);
            port.toClient(sent);
            events.replied(sent.code());
        }
    }

    /** Passes a line of the server's reply on; where a filter must see the whole reply, with its last line. */
    public void send(ReplyLine line) {
        if (filter != null) {
            gatherer.add(line).ifPresent(this::send);
            return;
        }
        openReply = line.ends() ? 0 : line.code();
        if (!client.isGone()) {
            port.toClient(line);
            if (line.ends()) {
                events.replied(line.code());
            }
        }
    }

    /** Sends the last reply of the session; a reply of the server that was cut in the middle is ended before. */
    public void sendLast(FtpReply reply) {
        finishReply();
        send(reply);
    }

    /** Ends a reply of the server that was passed on by half. */
    public void finishReply() {
        if (openReply != 0) {
            send(new ReplyLine(openReply, ReplyLine.Position.LAST, "(cut)"));
        }
    }

    /** A line was a command: over-long lines count from zero. */
    public void commandReceived() {
        overlongLines = 0;
    }

    /** Replies to the command in hand in place of the server. */
    public void answer(FtpReply reply) {
        send(reply);
        if (reply.isNegative()) {
            pace.error(port.nanoTime());
            countBadCommand(reply.code());
        } else {
            pace.success();
        }
    }

    /** Replies to a line that is no command; too many of them end the session. */
    public void answer(MalformedCommand malformed) {
        Optional<String> other = otherProtocol(malformed.flaw());
        if (other.isPresent() && lifecycle.state() != SessionState.READY) {
            lifecycle.close(CloseCause.NOT_FTP, other.get(), Optional.empty());
            return;
        }
        overlongLines = malformed.flaw() == Flaw.TOO_LONG ? overlongLines + 1 : 0;
        answer(malformed.flaw().reply());
        if (overlongLines == OVERLONG_LINES) {
            lifecycle.close(CloseCause.TOO_MANY_ERRORS, "over-long lines", Optional.of(Replies.TOO_MANY_ERRORS));
        }
    }

    /** Returns the log's detail for a client of another protocol, with the setting that helps. */
    private static Optional<String> otherProtocol(Flaw flaw) {
        return switch (flaw) {
            case HTTP -> Optional.of("HTTP request: this port expects FTP (health checks: TCP connect, or expect 220)");
            case TLS ->
                Optional.of("TLS ClientHello on a port in the clear: use --implicit-tls-listen for clients with"
                        + " implicit TLS, or explicit TLS (AUTH) in the client");
            case PROXY -> Optional.of("PROXY protocol header: not supported, turn off send-proxy at the load balancer");
            case TOO_LONG, BAD_VERB, CONTROL_BYTE -> Optional.empty();
        };
    }

    /** Counts a reply to an unknown command, until the login is done. */
    public void countBadCommand(int code) {
        boolean bad = code >= 500 && code <= 503;
        if (bad && lifecycle.state() != SessionState.READY && ++badCommands >= maxBadCommands) {
            lifecycle.close(CloseCause.TOO_MANY_ERRORS, "bad commands", Optional.of(Replies.TOO_MANY_ERRORS));
        }
    }

    /** Returns how long the next command must wait. */
    public Duration delay() {
        return pace.delay(port.nanoTime());
    }
}
