package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.login.FixedServerOpening;
import io.ftpalg.session.tls.TlsInjection;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Results of the session's actions on TLS: handshakes of control and data connections, done or failed. Owned by its
 * session, called by the driver on the session's loop.
 */
public final class TlsEvents {
    private final SessionContext session;

    TlsEvents(SessionContext session) {
        this.session = session;
    }

    /** Returns the properties of TLS with the client; empty while its control connection is in the clear. */
    public Optional<TlsDetails> client() {
        return session.protection().details();
    }

    /** The control connection of this side is under TLS. */
    public void onSecured(Side side, TlsDetails details) {
        if (session.state().isOver()) {
            return;
        }
        session.events().secured(side, details);
        if (side == Side.SERVER) {
            session.server().tls().onSecured(details);
        } else {
            session.protection().secure(details);
            session.host().asked(details.serverName());
        }
        Exchange inFlight = session.inFlight();
        if (session.state() == SessionState.NEW) {
            session.protection().agreeBufferSize();
            session.protection().protectData(session.settings().clientTls().data() != TlsUse.OFF);
            FixedServerOpening.begin(session);
        } else if (inFlight != null) {
            inFlight.onSecured(side);
        }
    }

    /** TLS failed on the control connection of this side, which is of no more use. */
    public void onFailed(Side side, TlsFailure failure) {
        if (session.state().isOver()) {
            return;
        }
        if (side == Side.SERVER) {
            session.server().onTlsFailed(failure);
        } else {
            session.events().tlsFailed(side, false, session.client(), failure);
            session.close(CloseCause.TLS_FAILED, failure.detail(), Optional.empty());
        }
    }

    /** TLS failed on the data connection of this side, or was ended without close_notify; the relay's end follows. */
    public void onDataFailed(Side side, TlsFailure failure) {
        InetSocketAddress peer =
                side == Side.CLIENT ? session.client() : session.server().connectedAddress();
        if (failure.kind() == TlsFailure.Kind.TRUNCATED) {
            session.events().rejected(Reason.TLS_TRUNCATION, side, peer);
        } else {
            session.events().tlsFailed(side, true, peer, failure);
        }
    }

    /** Bytes in the clear came behind what started TLS, injected there (CVE-2011-1575, CVE-2021-22947). */
    public void onInjection(Side side) {
        TlsInjection.report(session, side);
    }

    /** The client's control connection has left TLS. */
    public void onCleared() {
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onCleared();
        }
    }

    /** The data connection of this side, in the relay, is under TLS. */
    public void onDataSecured(Side side, TlsDetails details) {
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onDataSecured(side, details);
        }
    }
}
