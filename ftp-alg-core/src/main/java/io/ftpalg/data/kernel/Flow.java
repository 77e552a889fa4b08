package io.ftpalg.data.kernel;

import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.netlink.Conntrack.Direction;
import io.ftpalg.data.netlink.Conntrack.Tuple;
import io.ftpalg.data.netlink.ConntrackEntry;
import io.ftpalg.data.netlink.ConntrackEntry.Counter;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from its elements to the end of its connection. On the plane's loop.
 *
 * <pre>
 * NEW --add--> READY --SYN--> ARRIVED --SYN ACK--> CONNECTED --FIN, RST--> ENDED
 *  +-> ENDED     +-> ENDED       +-> ENDED
 * </pre>
 */
final class Flow {
    static final long ANSWER_TIMEOUT_MILLIS = 500;
    /** How soon after a FIN conntrack is asked whether it was acknowledged, if the other side does not end too. */
    static final long FIRST_CHECK_MILLIS = 20;

    static final long CHECK_MILLIS = 500;
    /** How often conntrack is asked of each connection: one that was flushed or has expired logs nothing. */
    static final long SWEEP_MILLIS = 5_000;

    /** What the counters of a direction without payload may differ from its headers: options, such as selective ACKs. */
    private static final long NO_PAYLOAD = 1024;

    private static final Counter NONE = new Counter(0, 0);

    private enum State {
        NEW,
        READY,
        ARRIVED,
        CONNECTED,
        ENDED
    }

    private final FlowRequest request;
    private final FlowEvents events;
    private final FlowWatch watch;
    private final TcpTrace trace = new TcpTrace();
    private State state = State.NEW;
    private @Nullable InetSocketAddress peer;
    private @Nullable ConntrackEntry last;
    private long lastChange;
    private @Nullable Future<?> timer;

    Flow(FlowRequest request, FlowEvents events, FlowWatch watch) {
        this.request = request;
        this.events = events;
        this.watch = watch;
    }

    FlowRequest request() {
        return request;
    }

    /** The address and port of the connection's peer, once a packet of it was logged. */
    Optional<InetSocketAddress> peer() {
        return Optional.ofNullable(peer);
    }

    /** Adds the elements. */
    void start() {
        if (state != State.NEW) {
            return;
        }
        try {
            freeSource();
            watch.kernel().table().add(request);
        } catch (IOException e) {
            finish();
            events.unavailable(String.valueOf(e.getMessage()));
            return;
        }
        state = State.READY;
        watch.expect(this);
        events.ready();
    }

    /** Deletes what is left in conntrack of an earlier connection between the target and this source: it would swallow the SYN. */
    private void freeSource() throws IOException {
        Optional<Tuple> reply = request.source()
                .filter(source -> source.getPort() != 0)
                .map(source -> new Tuple(request.target(), source));
        if (reply.isEmpty()) {
            return;
        }
        Optional<ConntrackEntry> earlier = watch.kernel().conntrack().get(Direction.REPLY, reply.get());
        if (earlier.isPresent()) {
            if (earlier.get().state() < ConntrackEntry.TIME_WAIT) {
                throw new IOException("a connection from " + reply.get().to() + " to " + request.target() + " exists");
            }
            watch.kernel().conntrack().delete(earlier.get());
        }
    }

    /** Returns whether conntrack has a connection of this flow from that address and port. */
    boolean isOf(InetSocketAddress from) {
        return entry(from)
                .filter(entry -> entry.reply().from().equals(request.target()))
                .isPresent();
    }

    /** A SYN of the peer was sent on to the target. */
    void onArrived(InetSocketAddress from) {
        if (state == State.READY) {
            state = State.ARRIVED;
            peer = from;
            watch.follow(this, from);
            schedule(this::onAnswerTimeout, ANSWER_TIMEOUT_MILLIS);
        }
    }

    void onPacket(FlowSide side, LoggedPacket packet) {
        if (state == State.ENDED) {
            return;
        }
        trace.onPacket(side, packet);
        boolean syn = packet.has(NftRule.SYN);
        if (state == State.ARRIVED && side == FlowSide.PEER && packet.has(NftRule.RST)) {
            // The target has something left of an earlier connection, which this RST clears: the SYN comes again.
            fallback(request.target() + " had not ended an earlier connection");
        } else if (trace.resetBy().isPresent()) {
            watch.breaker().onSuccess();
            end(trace.resetBy().get() == FlowSide.PEER ? How.RESET_BY_PEER : How.RESET_BY_TARGET);
        } else if (state == State.ARRIVED && !(syn && side == FlowSide.PEER)) {
            onConnected();
        }
        if (state == State.CONNECTED && packet.has(NftRule.FIN)) {
            onFin();
        }
    }

    private void onConnected() {
        state = State.CONNECTED;
        watch.breaker().onSuccess();
        events.connected(Objects.requireNonNull(peer));
        schedule(this::check, SWEEP_MILLIS);
    }

    private void onFin() {
        if (trace.complete()) {
            end(How.COMPLETE);
        } else {
            schedule(this::check, FIRST_CHECK_MILLIS);
        }
    }

    /** The SYN ACK may be among what the kernel could not log. */
    private void checkAnswered() {
        if (entry().filter(entry -> entry.state() >= ConntrackEntry.ESTABLISHED).isPresent()) {
            onConnected();
        }
    }

    private void onAnswerTimeout() {
        if (state != State.ARRIVED) {
            return;
        }
        checkAnswered();
        if (state != State.ARRIVED) {
            return;
        }
        watch.breaker().onFailure();
        fallback("no SYN ACK from " + request.target() + " within " + ANSWER_TIMEOUT_MILLIS + " ms");
    }

    private void fallback(String reason) {
        delete();
        finish();
        events.fallback(reason);
    }

    /** Asks conntrack how far the connection is: packets of it may not have been logged, and ACKs are not. */
    void check() {
        if (state == State.ARRIVED) {
            checkAnswered();
        }
        if (state != State.CONNECTED) {
            return;
        }
        Optional<ConntrackEntry> now = entry();
        if (now.isEmpty() || now.get().state() == ConntrackEntry.CLOSE) {
            end(How.LOST);
        } else if (now.get().state() == ConntrackEntry.TIME_WAIT || isQuiet(now.get())) {
            end(How.COMPLETE);
        } else {
            schedule(this::check, now.get().state() < ConntrackEntry.FIN_WAIT ? SWEEP_MILLIS : CHECK_MILLIS);
        }
    }

    /**
     * Returns whether the FIN of the side that sends was acknowledged, and nothing came since. Conntrack counts any ACK behind a FIN as
     * one of the FIN; what is in flight would still arrive. The other side may keep its end open as long as it likes.
     */
    private boolean isQuiet(ConntrackEntry now) {
        return (now.state() == ConntrackEntry.CLOSE_WAIT || now.state() == ConntrackEntry.LAST_ACK)
                && System.nanoTime() - lastChange >= TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS)
                && isEndedOrSilent(FlowSide.PEER, now.sent())
                && isEndedOrSilent(FlowSide.TARGET, now.replied());
    }

    private boolean isEndedOrSilent(FlowSide side, Counter counter) {
        boolean finLost = !trace.ended(FlowSide.PEER) && !trace.ended(FlowSide.TARGET);
        return trace.ended(side) || finLost || trace.estimate(side, counter) < NO_PAYLOAD;
    }

    /** Deletes the elements and cuts the connection, if there is one. */
    void cut() {
        switch (state) {
            case NEW -> finish();
            case READY -> {
                delete();
                finish();
            }
            case ARRIVED, CONNECTED -> {
                entry();
                delete();
                end(How.CUT);
            }
            case ENDED -> {}
        }
    }

    void poll(Consumer<FlowProgress> now) {
        if (state == State.ARRIVED || state == State.CONNECTED) {
            Optional<ConntrackEntry> entry = entry();
            if (entry.isPresent()) {
                events.progress(
                        now,
                        new FlowProgress(
                                trace.estimate(FlowSide.PEER, entry.get().sent()),
                                trace.estimate(FlowSide.TARGET, entry.get().replied())));
            } else {
                end(How.LOST);
            }
        }
    }

    private void end(How how) {
        boolean started = state == State.CONNECTED || state == State.ARRIVED;
        if (how != How.CUT && how != How.LOST) {
            entry();
        }
        if (state == State.ARRIVED) {
            delete();
        }
        finish();
        if (started) {
            Counter sent = last == null ? NONE : last.sent();
            Counter replied = last == null ? NONE : last.replied();
            TcpTrace.Count fromPeer = trace.count(FlowSide.PEER, sent);
            TcpTrace.Count fromTarget = trace.count(FlowSide.TARGET, replied);
            events.ended(
                    new FlowEnd(how, fromPeer.bytes(), fromTarget.bytes(), fromPeer.exact() && fromTarget.exact()));
        }
    }

    private void schedule(Runnable task, long millis) {
        cancelTimer();
        timer = watch.loop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void finish() {
        state = State.ENDED;
        cancelTimer();
        watch.release(this);
    }

    /** Deletes the elements, and the connection where there is one. */
    private void delete() {
        try {
            watch.kernel().table().remove(request);
            if (peer != null) {
                watch.kernel().conntrack().delete(Direction.ORIGINAL, original(peer));
            }
        } catch (IOException e) {
            watch.onFailure("cannot delete " + request, e);
        }
    }

    /** Reads the entry of the connection, and keeps it as the last one. */
    private Optional<ConntrackEntry> entry() {
        Optional<ConntrackEntry> found = peer == null ? Optional.empty() : entry(peer);
        if (found.isPresent() && !found.get().equals(last)) {
            last = found.get();
            lastChange = System.nanoTime();
        }
        return found;
    }

    private Optional<ConntrackEntry> entry(InetSocketAddress from) {
        try {
            return watch.kernel().conntrack().get(Direction.ORIGINAL, original(from));
        } catch (IOException e) {
            watch.onFailure("cannot read the entry of " + request, e);
            return Optional.ofNullable(last);
        }
    }

    private Tuple original(InetSocketAddress from) {
        return new Tuple(from, request.own());
    }
}
