package io.ftpalg.session.base;

import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the events of one session to the {@link AlgListener}, and its counts at its end. */
public final class SessionEvents {
    private static final Logger logger = LoggerFactory.getLogger(SessionEvents.class);

    private final AlgListener listener;
    private final long id;
    private final InetSocketAddress client;
    private final SessionActions port;
    private final long openedAt;
    private long commands;
    private long transfers;
    private long bytesToClient;
    private long bytesToServer;
    private long commandAt;
    private @Nullable FtpCommand transfer;
    private long transferAt;
    private Optional<String> user = Optional.empty();

    public SessionEvents(AlgListener listener, long id, InetSocketAddress client, SessionActions port) {
        this.listener = listener;
        this.id = id;
        this.client = client;
        this.port = port;
        this.openedAt = port.nanoTime();
        this.commandAt = openedAt;
    }

    /** Returns the client's end of its control connection. */
    public InetSocketAddress client() {
        return client;
    }

    /** Returns the number of the session. */
    public long session() {
        return id;
    }

    public void opened(InetSocketAddress listenerAddress) {
        tell(l -> l.sessionOpened(new AlgListener.SessionOpened(id, client, listenerAddress)));
    }

    /** The client sent a line. */
    public void command(FtpRequest request) {
        commands++;
        commandAt = port.nanoTime();
        FtpVerb verb = request instanceof FtpCommand command ? command.verb() : FtpVerb.OTHER;
        tell(l -> l.commandReceived(new AlgListener.CommandReceived(id, verb)));
    }

    /** A filter refused a command of the client. */
    public void commandDenied(FtpCommand command, Verdict.Refuse refusal) {
        tell(l -> l.commandDenied(new AlgListener.CommandDenied(
                id,
                client,
                user,
                command.verb(),
                Direction.of(command),
                refusal.rule(),
                refusal.path(),
                refusal.reply().code())));
    }

    /** A command was refused since the content of files is inspected: its data could not be, or were rejected before. */
    public void inspectionDenied(FtpCommand command, FtpReply reply) {
        boolean namesFile = command.verb() == FtpVerb.RETR || command.verb().is(FtpVerb.Trait.UPLOAD);
        Optional<String> path = Optional.of(command.argument()).filter(argument -> namesFile && !argument.isEmpty());
        commandDenied(command, new Verdict.Refuse(reply, Optional.of("inspection"), path));
    }

    /** Remembers the name that the client sent last. */
    public void user(String name) {
        user = Optional.of(name);
    }

    void authenticated(InetSocketAddress server) {
        tell(l -> l.sessionAuthenticated(new AlgListener.SessionAuthenticated(id, user.orElse(""), server)));
    }

    void loginRefused(String name, InetSocketAddress server) {
        tell(l -> l.loginRefused(new AlgListener.LoginRefused(id, client, name, server)));
    }

    /** The client was sent a reply, or the last line of it. */
    void replied(int code) {
        tell(l -> l.replySent(new AlgListener.ReplySent(id, code)));
    }

    /** A control connection that was begun at this time is established. */
    public void serverConnected(InetSocketAddress server, long begunAt) {
        Duration duration = Duration.ofNanos(port.nanoTime() - begunAt);
        tell(l -> l.serverConnected(new AlgListener.ServerConnected(id, server, duration)));
    }

    public void proxyAuthenticated(ProxyUser proxyUser) {
        tell(l -> l.proxyAuthenticated(new AlgListener.ProxyAuthenticated(id, client, proxyUser)));
    }

    public void proxyRefused(String name) {
        tell(l -> l.proxyRefused(new AlgListener.ProxyRefused(id, client, name)));
    }

    public void secured(Side side, TlsDetails tls) {
        tell(l -> l.sessionSecured(new AlgListener.SessionSecured(id, side, tls)));
    }

    public void transparent() {
        tell(l -> l.sessionTransparent(new AlgListener.SessionTransparent(id)));
    }

    public void rejected(Reason reason, Side side, InetSocketAddress peer) {
        rejected(reason, side, peer, Optional.empty());
    }

    public void rejected(Reason reason, Side side, InetSocketAddress peer, Optional<InetSocketAddress> named) {
        logger.debug("{} rejected {} from {}", id, reason, peer);
        tell(l -> l.rejected(new AlgListener.Rejected(id, reason, side, peer, named)));
    }

    void dataConnectionFailed(
            DataPlan.Leg leg,
            Optional<FtpVerb> verb,
            DataFailure failure,
            Optional<InetSocketAddress> local,
            InetSocketAddress remote,
            String detail) {
        logger.debug("{} no data connection with the {}: {}, {}", id, leg.side(), failure, detail);
        tell(l -> l.dataConnectionFailed(new AlgListener.DataConnectionFailed(
                id, leg.side(), verb, failure, leg.listens(), local, remote, leg.named(), detail)));
    }

    public void tlsFailed(Side side, boolean data, InetSocketAddress peer, TlsFailure failure) {
        logger.debug("{} TLS with the {} failed: {}, {}", id, side, failure.kind(), failure.detail());
        tell(l -> l.tlsFailed(new AlgListener.TlsFailed(id, side, data, peer, failure)));
    }

    public void transferStarted(FtpCommand command) {
        transfers++;
        transfer = command;
        transferAt = port.nanoTime();
        tell(l -> l.transferStarted(new AlgListener.TransferStarted(id, user, command.verb(), command.argument())));
    }

    /** A transfer under inspection is over. */
    public void inspectionEnded(
            FtpCommand command, Side sender, TransferEnd end, Optional<Reject> rejection, Inspection inspection) {
        tell(l -> l.inspectionEnded(new AlgListener.InspectionEnded(
                id,
                user,
                command.verb(),
                command.argument(),
                sender,
                end,
                rejection.map(Reject::reason),
                inspection.findings())));
    }

    /** What a cut upload left at the server was deleted, or it was decided that it is not. */
    public void remnantHandled(FtpVerb verb, String path, boolean deleted, Optional<Integer> code, String detail) {
        tell(l -> l.remnantHandled(new AlgListener.RemnantHandled(id, user, verb, path, deleted, code, detail)));
    }

    public void transferFinished(FtpCommand command, InetSocketAddress server, DataPlan plan, TransferTally tally) {
        transfer = null;
        bytesToClient += tally.bytesToClient();
        bytesToServer += tally.bytesToServer();
        tell(l -> l.transferFinished(new AlgListener.TransferFinished(
                id,
                client,
                server,
                user,
                command.verb(),
                command.argument(),
                describe(plan.leg(Side.CLIENT)),
                describe(plan.leg(Side.SERVER)),
                tally.bytesToClient(),
                tally.bytesToServer(),
                Duration.ofNanos(port.nanoTime() - tally.startedAt()),
                tally.end(),
                tally.path(),
                tally.received(),
                tally.sent())));
    }

    public void closed(@Nullable InetSocketAddress server, CloseCause cause, String detail) {
        tell(l -> l.sessionClosed(new AlgListener.SessionClosed(
                id,
                client,
                Optional.ofNullable(server),
                user,
                cause,
                detail,
                commands,
                transfers,
                bytesToClient,
                bytesToServer,
                Duration.ofNanos(port.nanoTime() - openedAt))));
    }

    /** Returns the running transfer, if there is one. */
    public Optional<TransferSnapshot> transfer() {
        return Optional.ofNullable(transfer)
                .map(running -> new TransferSnapshot(
                        running.verb(),
                        running.argument(),
                        Duration.ofNanos(port.nanoTime() - transferAt),
                        port.relayed(Side.CLIENT),
                        port.relayed(Side.SERVER)));
    }

    /** Returns what it has counted so far; the bytes are those of finished transfers. */
    public SessionTally tally() {
        long now = port.nanoTime();
        return new SessionTally(
                user,
                Duration.ofNanos(now - openedAt),
                Duration.ofNanos(now - commandAt),
                commands,
                transfers,
                bytesToClient,
                bytesToServer);
    }

    private static AlgListener.Leg describe(DataPlan.Leg leg) {
        return new AlgListener.Leg(leg.syntax(), leg.local(), leg.remote(), leg.tls());
    }

    private void tell(Consumer<AlgListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            logger.error("{} listener failed", id, e);
        }
    }

    /**
     * What a session has counted.
     *
     * @param user the name that the client sent last
     * @param age since the client was admitted
     * @param sinceCommand since its last command
     * @param commands how many commands the client sent
     * @param transfers how many transfer commands went to the server
     * @param bytesToClient bytes of finished transfers
     * @param bytesToServer bytes of finished transfers
     */
    public record SessionTally(
            Optional<String> user,
            Duration age,
            Duration sinceCommand,
            long commands,
            long transfers,
            long bytesToClient,
            long bytesToServer) {}

    /**
     * What came of a transfer.
     *
     * @param startedAt the clock when its command was taken up
     * @param end how it ended
     * @param path what moved its bytes, if it came to that
     * @param bytesToClient bytes written to the client
     * @param bytesToServer bytes written to the server
     * @param received the code of the server's final reply
     * @param sent the code of the client's final reply
     */
    public record TransferTally(
            long startedAt,
            TransferEnd end,
            Optional<DataPath> path,
            long bytesToClient,
            long bytesToServer,
            Optional<Integer> received,
            Optional<Integer> sent) {}
}
