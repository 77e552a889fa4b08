package io.ftpalg.data.kernel;

import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.netlink.ConntrackEntry;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    private final FlowEntry entry;
    private final TcpTrace trace = new TcpTrace();
    private State state = State.NEW;
    private @Nullable Future<?> timer;

    Flow(FlowRequest request, FlowEvents events, FlowWatch watch) {
        this.request = request;
        this.events = events;
        this.watch = watch;
        this.entry = new FlowEntry(watch.kernel(), request);
    }

    FlowRequest request() {
        return request;
    }

    /** The address and port of the connection's peer, once a packet of it was logged. */
    Optional<InetSocketAddress> peer() {
        return entry.peer();
    }

    /** Adds the elements. */
    void start() {
        if (state != State.NEW) {
            return;
        }
        try {
            entry.freeSource();
            watch.kernel().table().add(request);
        } catch (IOException e) {
            finish();
            events.unavailable(e.getMessage() == null ? e.toString() : e.getMessage());
            return;
        }
        state = State.READY;
        watch.expect(this);
        events.ready();
    }

    /** Returns whether conntrack has a connection of this flow from that address and port. */
    boolean isFrom(InetSocketAddress from) {
        return entry.isFrom(from);
    }

    /** A SYN of the peer was sent on to the target. */
    void onArrived(InetSocketAddress from) {
        if (state == State.READY) {
            state = State.ARRIVED;
            entry.setPeer(from);
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
            onReset(side);
        } else if (state == State.ARRIVED && !(syn && side == FlowSide.PEER)) {
            onConnected();
        }
        if (state == State.CONNECTED && packet.has(NftRule.FIN)) {
            onFin();
        }
    }

    /** An RST behind the end of all that was sent cuts nothing: what is left is the end of a side that sends nothing. */
    private void onReset(FlowSide by) {
        entry.read();
        boolean ended = trace.ended(by) || trace.ended(by.other());
        boolean sent = trace.ended(by) || isSilent(by);
        boolean received = trace.acknowledged(by.other()) || isSilent(by.other());
        if (state == State.CONNECTED && ended && sent && received) {
            end(How.COMPLETE);
        } else {
            end(by == FlowSide.PEER ? How.RESET_BY_PEER : How.RESET_BY_TARGET);
        }
    }

    private void onConnected() {
        state = State.CONNECTED;
        watch.breaker().onSuccess();
        entry.peer().ifPresent(events::connected);
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
        if (entry.read()
                .filter(now -> now.state() >= ConntrackEntry.ESTABLISHED)
                .isPresent()) {
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
        entry.delete();
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
        Optional<ConntrackEntry> now = entry.read();
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
                && entry.isUnchangedFor(CHECK_MILLIS)
                && isEndedOrSilent(FlowSide.PEER)
                && isEndedOrSilent(FlowSide.TARGET);
    }

    private boolean isEndedOrSilent(FlowSide side) {
        boolean finLost = !trace.ended(FlowSide.PEER) && !trace.ended(FlowSide.TARGET);
        return trace.ended(side) || finLost || isSilent(side);
    }

    /** Returns whether this side has sent no payload, or so little that it may be options. */
    private boolean isSilent(FlowSide side) {
        return estimate(side) < NO_PAYLOAD;
    }

    /** Deletes the elements, and cuts a connection that was faster, which is reported. */
    void remove() {
        withdraw();
    }

    /** Deletes the elements, and cuts the connection: where there is none, the end of nothing is reported. */
    void cut() {
        if (withdraw()) {
            events.ended(new FlowEnd(How.CUT, 0, 0, true));
        }
    }

    /** Returns whether the port was ready and nobody has connected, so that there is no end to report. */
    private boolean withdraw() {
        boolean unused = false;
        if (state == State.READY) {
            entry.delete();
            // A SYN that they have sent on may be logged and not yet be read.
            watch.kernel().log().readNow();
            unused = state == State.READY;
        }
        switch (state) {
            case NEW, READY -> finish();
            case ARRIVED, CONNECTED -> {
                entry.read();
                entry.delete();
                end(How.CUT);
            }
            case ENDED -> {}
        }
        return unused;
    }

    void poll(Consumer<FlowProgress> now) {
        if (state == State.ARRIVED || state == State.CONNECTED) {
            if (entry.read().isPresent()) {
                events.progress(now, new FlowProgress(estimate(FlowSide.PEER), estimate(FlowSide.TARGET)));
            } else {
                end(How.LOST);
            }
        }
    }

    private long estimate(FlowSide side) {
        return trace.estimate(side, entry.counter(side));
    }

    private void end(How how) {
        boolean started = state == State.CONNECTED || state == State.ARRIVED;
        if (how != How.CUT && how != How.LOST) {
            entry.read();
        }
        if (state == State.ARRIVED) {
            entry.delete();
        }
        finish();
        if (started) {
            TcpTrace.Count fromPeer = trace.count(FlowSide.PEER, entry.counter(FlowSide.PEER));
            TcpTrace.Count fromTarget = trace.count(FlowSide.TARGET, entry.counter(FlowSide.TARGET));
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
}
