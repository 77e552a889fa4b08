package io.ftpalg.session.base;

import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.data.OffloadedConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed about data connections: the plan of the next transfer, if there is one, and EPSV ALL (RFC 2428). Owned by
 * the session, which reports to it how far each leg of the plan is.
 */
public final class PendingDataConnection {
    private final SessionActions port;
    private final Timers timers;
    private final Duration idleTimeout;
    private final SessionEvents events;
    private final ServerAddress server;
    private @Nullable DataPlan plan;
    private boolean epsvAll;
    private Ended ended = Ended.NOT;

    /** Whether and why the gateway gave up a plan that the server may still hold on to. */
    private enum Ended {
        NOT,
        GIVEN_UP,
        EXPIRED,
        FAILED
    }

    public PendingDataConnection(
            SessionActions port, Timers timers, Duration idleTimeout, SessionEvents events, ServerAddress server) {
        this.port = port;
        this.timers = timers;
        this.idleTimeout = idleTimeout;
        this.events = events;
        this.server = server;
    }

    public Optional<DataPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Makes this the plan of the next transfer; the old one is closed. */
    public void plan(DataPlan next) {
        drop();
        ended = Ended.NOT;
        plan = next;
    }

    /**
     * Returns the reply to a transfer command if the gateway gave up a plan that the server may still hold on to. The command
     * must not reach it then: it would find a data connection that has ended, and a STOR would leave an empty file.
     */
    public Optional<FtpReply> refusal() {
        return switch (ended) {
            case NOT -> Optional.empty();
            case GIVEN_UP -> Optional.of(Replies.NO_DATA_PORT);
            case EXPIRED -> Optional.of(Replies.DATA_PORT_EXPIRED);
            case FAILED -> Optional.of(Replies.NO_DATA_CONNECTION);
        };
    }

    /** Another server holds nothing. */
    public void reset() {
        ended = Ended.NOT;
    }

    public boolean epsvAll() {
        return epsvAll;
    }

    public void epsvAll(boolean inForce) {
        epsvAll = inForce;
    }

    /** The plan, if there is one, waits a while for its transfer. */
    public void keep() {
        if (plan != null) {
            timers.start(Timers.Kind.DATA_IDLE, idleTimeout, () -> drop(Ended.EXPIRED));
        }
    }

    /** Closes what was agreed for the next transfer, if anything. */
    public void drop() {
        drop(Ended.GIVEN_UP);
    }

    /** Closes what was agreed for the next transfer: one of its connections could not be made. */
    public void dropFailed() {
        drop(Ended.FAILED);
    }

    private void drop(Ended why) {
        timers.stop(Timers.Kind.DATA_IDLE);
        if (plan != null) {
            plan.close(port);
            plan = null;
            ended = why;
        }
    }

    /** Discards the plan without closing it: a relay owns, or has closed, its connections. */
    public void forget() {
        plan = null;
    }

    /** Cuts what was agreed for the next transfer, if anything. */
    public void abort() {
        if (plan != null) {
            plan.abort(port);
            plan = null;
        }
    }

    /**
     * Data will be under TLS: a connection that the kernel was to carry is to arrive at the gateway. If it was faster, the plan is
     * dropped.
     */
    public void withdrawOffload() {
        if (plan != null && !plan.withdrawOffload(port)) {
            dropFailed();
        }
    }

    public void onOffloaded() {
        if (plan != null) {
            plan.onOffloaded();
        }
    }

    public void onNotOffloaded() {
        if (plan != null) {
            plan.onNotOffloaded();
        }
    }

    public void onOffloadConnected(OffloadedConnection ends) {
        if (plan != null) {
            plan.onOffloadConnected(ends);
        }
    }

    public void onListening(Side side, InetSocketAddress address, int announcedPort) {
        if (plan != null) {
            plan.leg(side).onListening(address, announcedPort);
        }
    }

    public void onUnexpectedPeer(Side side) {
        if (plan != null) {
            plan.leg(side).onUnexpectedPeer();
        }
    }

    public void onConnected(Side side, InetSocketAddress local, InetSocketAddress remote) {
        if (plan != null) {
            // The socket behind the kernel's elements has it: this is a transfer as any other.
            plan.onNotOffloaded();
            plan.leg(side).onConnected(local, remote);
        }
    }

    public void onFailed(
            Side side, Optional<FtpVerb> verb, DataFailure failure, Optional<InetSocketAddress> local, String detail) {
        if (plan != null) {
            DataPlan.Leg leg = plan.leg(side);
            report(leg, verb, failure, local.or(leg::local), detail);
            plan.onNotOffloaded();
            leg.onOver();
        }
    }

    /** Reports that the client's port, which is open, has no address that can be announced. */
    public void reportNoAddress(FtpVerb verb, String detail) {
        if (plan != null) {
            DataPlan.Leg leg = plan.leg(Side.CLIENT);
            report(leg, Optional.of(verb), DataFailure.NO_ADDRESS, leg.local(), detail);
        }
    }

    /** Reports the connections that the transfer needs and that are not there. */
    public void reportMissing(FtpVerb verb, String detail) {
        if (plan != null) {
            for (Side side : Side.values()) {
                DataPlan.Leg leg = plan.leg(side);
                if (leg.step() == DataPlan.Step.OPENING) {
                    DataFailure failure = leg.hasUnexpectedPeer()
                            ? DataFailure.UNEXPECTED_PEERS
                            : leg.listens() ? DataFailure.NOT_CONNECTED : DataFailure.NOT_ACCEPTED;
                    report(leg, Optional.of(verb), failure, leg.local(), detail);
                }
            }
        }
    }

    private void report(
            DataPlan.Leg leg,
            Optional<FtpVerb> verb,
            DataFailure failure,
            Optional<InetSocketAddress> local,
            String detail) {
        InetSocketAddress peer = leg.side() == Side.CLIENT ? events.client() : server.get();
        InetSocketAddress remote = leg.target()
                .orElseGet(() -> peer.isUnresolved()
                        ? InetSocketAddress.createUnresolved(peer.getHostString(), 0)
                        : new InetSocketAddress(peer.getAddress(), 0));
        events.dataConnectionFailed(leg, verb, failure, local, remote, detail);
    }
}
