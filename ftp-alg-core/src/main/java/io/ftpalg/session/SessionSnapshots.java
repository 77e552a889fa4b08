package io.ftpalg.session;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionSnapshot.Phase;
import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.session.base.SessionEvents.SessionTally;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Takes snapshots of sessions. Stateless; called on the session's event loop. */
final class SessionSnapshots {
    private SessionSnapshots() {}

    static SessionSnapshot of(SessionContext session, InetSocketAddress listener) {
        SessionTally tally = session.events().tally();
        Optional<TransferSnapshot> transfer = session.events().transfer();
        long runningToClient = transfer.map(TransferSnapshot::bytesToClient).orElse(0L);
        long runningToServer = transfer.map(TransferSnapshot::bytesToServer).orElse(0L);
        return new SessionSnapshot(
                session.id(),
                session.client(),
                listener,
                phase(session, transfer.isPresent()),
                session.proxyLogin().known(),
                tally.user(),
                Optional.ofNullable(session.server().address()),
                session.protection().details(),
                session.server().tls().details(),
                tally.age(),
                transfer.isPresent() ? Duration.ZERO : tally.sinceCommand(),
                tally.commands(),
                tally.transfers(),
                tally.bytesToClient() + runningToClient,
                tally.bytesToServer() + runningToServer,
                Optional.ofNullable(session.inFlight()).map(Exchange::verb),
                transfer);
    }

    private static Phase phase(SessionContext session, boolean transfers) {
        return switch (session.state()) {
            case NEW, NO_SERVER, ROUTING, CONNECTING, GREETING, SECURING -> Phase.CONNECTING;
            case LOGIN -> transfers ? Phase.TRANSFER : Phase.LOGIN;
            case READY -> transfers ? Phase.TRANSFER : Phase.READY;
            case TRANSPARENT -> Phase.TRANSPARENT;
            case CLOSING, CLOSED -> Phase.CLOSING;
        };
    }
}
