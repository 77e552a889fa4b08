package io.ftpalg.session.tls;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/** Bytes in the clear behind what started TLS, injected there (CVE-2011-1575, CVE-2021-22947). */
public final class TlsInjection {

    private TlsInjection() {}

    /** Reports them, and ends the session. */
    public static void report(SessionContext session, Side side) {
        boolean client = side == Side.CLIENT;
        session.events()
                .rejected(
                        Reason.TLS_INJECTION,
                        side,
                        client ? session.client() : session.server().connectedAddress());
        session.close(
                CloseCause.TLS_INJECTION,
                "bytes in the clear before TLS, from the " + side,
                client ? Optional.empty() : Optional.of(Replies.SERVER_LOST));
    }
}
