package io.ftpalg.session;

import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SyntaxResult;
import io.ftpalg.session.data.OffloadRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A port that does nothing but write down what it was asked for, one line a wish, with a clock that stands still. */
public final class ActionLog implements SessionActions {
    private final Deque<String> pending = new ArrayDeque<>();
    private final ManualClock clock = new ManualClock();
    private final Map<Side, Long> relayed = new EnumMap<>(Side.class);
    private final Set<Side> watched = EnumSet.noneOf(Side.class);
    private final Set<Side> unread = EnumSet.noneOf(Side.class);

    /** Returns the next wish, which must be there. */
    String next() {
        String next = pending.poll();
        return next == null ? "(nothing)" : next;
    }

    /** Returns the wishes that nobody looked at. */
    public List<String> pending() {
        return List.copyOf(pending);
    }

    /** Returns the wishes that nobody looked at, and forgets them. */
    List<String> takeAll() {
        List<String> all = pending();
        pending.clear();
        return all;
    }

    /** Lets time pass, and runs what falls due, in order. */
    public void elapse(Duration time) {
        clock.elapse(time);
    }

    /** Returns how many timers run. */
    public int timers() {
        return clock.waiting();
    }

    @Override
    public void toClient(FtpReply reply) {
        reply.split().forEach(this::toClient);
    }

    @Override
    public void toClient(ReplyLine line) {
        pending.add("C< " + line.wire());
    }

    @Override
    public void toServer(FtpCommand command) {
        pending.add("S< " + wire(command));
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        pending.add("S< !" + wire(command));
    }

    private static String wire(FtpCommand command) {
        return !command.separated() ? command.name() : command.name() + ' ' + command.argument();
    }

    @Override
    public void route(RouteRequest request) {
        String login = request.user().orElse("")
                + request.target().map(server -> "@" + server).orElse("");
        pending.add("! route" + (login.isEmpty() ? "" : ' ' + login.replaceFirst(":21$", "")));
    }

    @Override
    public void authenticate(String name, Secret password) {
        pending.add("! authenticate " + name + ' ' + password.reveal());
    }

    @Override
    public void connectServer(Route route, RouteServer server) {
        pending.add("! connect");
    }

    @Override
    public void disconnectServer() {
        pending.add("! disconnect");
    }

    @Override
    public void startTls(Side side) {
        pending.add("! tls " + side);
    }

    @Override
    public void stopClientTls() {
        pending.add("! stop-tls");
    }

    @Override
    public void goTransparent() {
        pending.add("! transparent");
    }

    @Override
    public void listen(Side side) {
        pending.add("! listen " + side);
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        pending.add("! dial " + side + ' ' + IpLiteral.format(address.getAddress()) + ' ' + address.getPort());
    }

    /** Where the gateway listens. */
    public final Set<InetSocketAddress> own = new HashSet<>();

    /** What sessions found out about each server. */
    public final Map<InetSocketAddress, Map<DataSyntax, SyntaxResult>> syntaxResults = new HashMap<>();

    public final List<String> reportedSyntaxes = new ArrayList<>();

    /** What is known of each server from other sessions. */
    public final Map<InetSocketAddress, Set<DataSyntax>> unusableSyntaxes = new HashMap<>();

    @Override
    public Set<DataSyntax> unusableSyntaxes(InetSocketAddress to) {
        return Set.copyOf(unusableSyntaxes.getOrDefault(to, Set.of()));
    }

    @Override
    public void syntaxWorked(InetSocketAddress to, DataSyntax syntax) {
        result(to, syntax, SyntaxResult.WORKED);
        unusableSyntaxes.computeIfPresent(to, (server, all) -> {
            Set<DataSyntax> left = new HashSet<>(all);
            left.remove(syntax);
            return left;
        });
    }

    @Override
    public void syntaxFailed(InetSocketAddress to, DataSyntax syntax, boolean timedOut) {
        result(to, syntax, timedOut ? SyntaxResult.TIMED_OUT : SyntaxResult.REFUSED);
    }

    private void result(InetSocketAddress to, DataSyntax syntax, SyntaxResult result) {
        reportedSyntaxes.add(syntax + " " + result);
        syntaxResults
                .computeIfAbsent(to, server -> new EnumMap<>(DataSyntax.class))
                .put(syntax, result);
    }

    @Override
    public boolean isOwn(InetSocketAddress address) {
        return own.contains(address);
    }

    /** The kernel carries what a session offers to it. */
    public boolean kernel;

    @Override
    public boolean mayOffload(OffloadRequest request) {
        return kernel && request.sameDirection() && !request.underTls();
    }

    @Override
    public void offload(OffloadRequest request) {
        InetSocketAddress target = request.target();
        pending.add("! offload " + request.listening() + ' ' + IpLiteral.format(target.getAddress()) + ' '
                + target.getPort());
    }

    @Override
    public void withdrawOffload() {
        pending.add("! withdraw-offload");
    }

    @Override
    public void endRelaySoon() {
        pending.add("! end-relay soon");
    }

    @Override
    public void watchData(Side side) {
        watched.add(side);
    }

    /** Returns the sides whose data connections are watched. */
    Set<Side> watched() {
        return watched;
    }

    @Override
    public void closeData(Side side) {
        pending.add("! close " + side);
    }

    @Override
    public void abortData(Side side) {
        pending.add("! abort " + side);
    }

    @Override
    public void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms) {
        pending.add("! relay " + sender.map(Side::name).orElse("BOTH")
                + underTls.stream().map(side -> " tls " + side).collect(Collectors.joining())
                + (terms.equals(TransferTerms.NONE) ? "" : " limited"));
    }

    @Override
    public long relayed(Side to) {
        return relayed.getOrDefault(to, 0L);
    }

    /** The running relay has written so many bytes to this side. */
    public void relays(Side to, long bytes) {
        relayed.put(to, bytes);
    }

    @Override
    public void abortRelay() {
        pending.add("! abort-relay");
    }

    @Override
    public void abortRelaySoon() {
        pending.add("! abort-relay soon");
    }

    @Override
    public void cutUploadUnlessSent() {
        pending.add("! cut-unless-sent");
    }

    @Override
    public void pauseClient(boolean paused) {
        pending.add(paused ? "! pause" : "! resume");
    }

    /** This side reads what is sent to it, or does not. */
    void reads(Side side, boolean reads) {
        if (reads) {
            unread.remove(side);
        } else {
            unread.add(side);
        }
    }

    @Override
    public boolean isWritable(Side side) {
        return !unread.contains(side);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }

    @Override
    public void await(
            CompletionStage<? extends Verdict> verdict, BiConsumer<@Nullable Verdict, @Nullable Throwable> then) {
        pending.add("! await");
        verdict.whenComplete((value, failure) -> then.accept(value, failure));
    }

    @Override
    public long nanoTime() {
        return clock.now();
    }

    @Override
    public void close() {
        pending.add("! end");
    }
}
