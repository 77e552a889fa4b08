package io.ftpalg.session.transfer;

import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.DataPlan;
import io.ftpalg.session.data.OffloadRequest;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/**
 * Whether the kernel is asked to carry the connection to a data port that is being agreed; it is asked once. Owned by its
 * {@link DataPortExchange}.
 */
final class OffloadOffer {
    private final SessionContext session;
    private final DataPlan plan;
    private State state = State.NOT_MADE;

    private enum State {
        NOT_MADE,
        PENDING,
        DECIDED
    }

    OffloadOffer(SessionContext session, DataPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    /** Returns whether the kernel may carry the connection to the port that is open, or is to be opened, for this side. */
    boolean mayBeMade(Side listening) {
        return request(listening).isPresent();
    }

    /** Asks the kernel to carry the connection to the open port, if it may; returns whether to wait for the answer. */
    boolean make(Side listening) {
        Optional<OffloadRequest> request = request(listening);
        if (request.isPresent()) {
            state = State.PENDING;
            plan.offload(request.get(), session.port());
        }
        return request.isPresent();
    }

    private Optional<OffloadRequest> request(Side listening) {
        boolean sameDirection = plan.leg(Side.CLIENT).syntax().passive()
                == plan.leg(Side.SERVER).syntax().passive();
        boolean underTls = session.protection().isDataPrivate()
                || session.server().tls().isDataPrivate()
                || TransferRule.refusal(session).isPresent();
        return plan.leg(listening.other())
                .target()
                .filter(target -> state == State.NOT_MADE
                        && !session.settings().filter().limitsTransfers()
                        && !session.settings().transfers().limits(session.filterContext()))
                .map(target -> new OffloadRequest(listening, sameDirection, underTls, target))
                .filter(session.port()::mayOffload);
    }

    /** The result of the request to the kernel is there; returns false if it was already. */
    boolean decide() {
        boolean pending = state == State.PENDING;
        state = pending ? State.DECIDED : state;
        return pending;
    }

    /** Returns whether the peer has connected to the port before the kernel answered, which no longer matters. */
    boolean isOvertaken() {
        return state == State.PENDING && !plan.awaitsOffload();
    }

    /** Returns whether the kernel was asked and has answered. */
    boolean isDecided() {
        return state == State.DECIDED;
    }
}
