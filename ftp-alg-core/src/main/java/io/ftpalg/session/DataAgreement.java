package io.ftpalg.session;

import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed about data connections: the plan of the next transfer, if there is one, and EPSV ALL (RFC 2428). Owned by
 * the session, which tells it how far each leg of the plan is.
 */
final class DataAgreement {
    private final FtpSession session;
    private final SessionPort port;
    private @Nullable DataPlan plan;
    private boolean epsvAll;
    private boolean abandoned;

    DataAgreement(FtpSession session) {
        this.session = session;
        this.port = session.port();
    }

    Optional<DataPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Makes this the plan of the next transfer; the old one is closed. */
    void plan(DataPlan next) {
        drop();
        abandoned = false;
        plan = next;
    }

    /**
     * Tells whether the gateway gave up a plan that the server may still hold on to. A transfer command must not reach it then:
     * it would find a data connection that has ended, and a STOR would leave an empty file.
     */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Another server holds nothing. */
    void reset() {
        abandoned = false;
    }

    boolean epsvAll() {
        return epsvAll;
    }

    void epsvAll(boolean inForce) {
        epsvAll = inForce;
    }

    /** The plan, if there is one, waits a while for its transfer. */
    void keep() {
        if (plan != null) {
            session.timers().start(Timers.Kind.DATA_IDLE, session.limits().dataIdleTimeout(), this::drop);
        }
    }

    /** Closes what was agreed for the next transfer, if anything. */
    void drop() {
        session.timers().stop(Timers.Kind.DATA_IDLE);
        if (plan != null) {
            plan.close(port);
            plan = null;
            abandoned = true;
        }
    }

    /** Forgets the plan without closing it: a relay owns, or has closed, its connections. */
    void forget() {
        plan = null;
    }

    /** Cuts what was agreed for the next transfer, if anything. */
    void abort() {
        if (plan != null) {
            plan.abort(port);
            plan = null;
        }
    }

    void onListening(Side side, InetSocketAddress address) {
        if (plan != null) {
            plan.leg(side).onListening(address);
        }
    }

    void onUnexpectedPeer(Side side) {
        if (plan != null) {
            plan.leg(side).onUnexpectedPeer();
        }
    }

    void onConnected(Side side, InetSocketAddress local, InetSocketAddress remote) {
        if (plan != null) {
            plan.leg(side).onConnected(local, remote);
        }
    }

    void onFailed(Side side) {
        if (plan != null) {
            plan.leg(side).onOver();
        }
    }
}
