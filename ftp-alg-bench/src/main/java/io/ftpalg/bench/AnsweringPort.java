package io.ftpalg.bench;

import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.data.OffloadRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Actions that complete by themselves, without sockets: their events come in the next turn, that is in
 * {@link #settle}. Used by one thread.
 */
final class AnsweringPort implements SessionActions {
    static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 34567);
    static final InetSocketAddress GATEWAY = new InetSocketAddress("127.0.0.3", 21);
    static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.2", 21);
    private static final InetSocketAddress GATEWAY_DATA = new InetSocketAddress("127.0.0.3", 50000);
    private static final ReplyLine GREETING = only(220, "Ready.");
    private static final ReplyLine PASSWORD = only(331, "Password, please.");
    private static final ReplyLine WELCOME = only(230, "Welcome.");
    private static final ReplyLine PASSIVE = only(227, "Entering Passive Mode (127,0,0,2,156,64)");
    private static final ReplyLine FINE = only(200, "Fine.");

    private final Deque<Runnable> nextTurn = new ArrayDeque<>();
    private @Nullable FtpSession session;
    private int lastCode;

    private static ReplyLine only(int code, String text) {
        return new ReplyLine(code, ReplyLine.Position.ONLY, text);
    }

    /** Names the session that this is the port of. */
    void session(FtpSession owner) {
        session = owner;
    }

    /** Delivers the events of all actions so far, and of those that follow from them. */
    void settle() {
        for (Runnable next = nextTurn.poll(); next != null; next = nextTurn.poll()) {
            next.run();
        }
    }

    /** Returns the code of the last reply to the client. */
    int lastCode() {
        return lastCode;
    }

    private FtpSession session() {
        return Objects.requireNonNull(session, "the session is named first");
    }

    private void later(Runnable event) {
        nextTurn.add(event);
    }

    @Override
    public void toClient(FtpReply reply) {
        lastCode = reply.code();
    }

    @Override
    public void toClient(ReplyLine line) {
        lastCode = line.code();
    }

    @Override
    public void toServer(FtpCommand command) {
        ReplyLine answer = command.verb() == FtpVerb.PASV
                ? PASSIVE
                : command.verb() == FtpVerb.USER ? PASSWORD : command.verb() == FtpVerb.PASS ? WELCOME : FINE;
        later(() -> session().onServerLine(answer));
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        toServer(command);
    }

    @Override
    public void authenticate(String name, Secret password) {
        later(session().loginEvents()::onNotAuthenticated);
    }

    @Override
    public void route(RouteRequest request) {
        later(() -> session().onRoute(Route.to(SERVER)));
    }

    @Override
    public void connectServer(Route route, RouteServer to) {
        later(() -> session().onServerConnected(SERVER));
        later(() -> session().onServerLine(GREETING));
    }

    @Override
    public void disconnectServer() {}

    @Override
    public void startTls(Side side) {
        throw new IllegalStateException("no TLS in this benchmark");
    }

    @Override
    public void stopClientTls() {
        throw new IllegalStateException("no TLS in this benchmark");
    }

    @Override
    public void goTransparent() {
        throw new IllegalStateException("no TLS in this benchmark");
    }

    @Override
    public void listen(Side side) {
        later(() -> session().dataEvents().onListening(side, GATEWAY_DATA));
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        later(() -> session().dataEvents().onConnected(side, GATEWAY_DATA, address));
    }

    @Override
    public boolean mayOffload(OffloadRequest request) {
        return false;
    }

    @Override
    public void offload(OffloadRequest request) {
        throw new IllegalStateException("nothing is offloaded here");
    }

    @Override
    public void withdrawOffload() {}

    @Override
    public void endRelaySoon() {}

    @Override
    public void watchData(Side side) {}

    @Override
    public Set<DataSyntax> unusableSyntaxes(InetSocketAddress to) {
        return Set.of();
    }

    @Override
    public void syntaxWorked(InetSocketAddress to, DataSyntax syntax) {
        // Everything works here.
    }

    @Override
    public void syntaxFailed(InetSocketAddress to, DataSyntax syntax, boolean timedOut) {
        // Nothing fails here.
    }

    @Override
    public boolean isOwn(InetSocketAddress address) {
        return false;
    }

    @Override
    public void closeData(Side side) {}

    @Override
    public void abortData(Side side) {}

    @Override
    public void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms) {}

    @Override
    public long relayed(Side to) {
        return 0;
    }

    @Override
    public void abortRelay() {}

    @Override
    public void abortRelaySoon() {}

    @Override
    public void cutUploadUnlessSent() {}

    @Override
    public void pauseClient(boolean paused) {}

    @Override
    public boolean isWritable(Side side) {
        return true;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return () -> {};
    }

    @Override
    public void await(
            CompletionStage<? extends Verdict> verdict, BiConsumer<@Nullable Verdict, @Nullable Throwable> then) {
        throw new UnsupportedOperationException("no filter decides later here");
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {}
}
