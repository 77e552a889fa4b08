package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.data.OffloadedConnection;
import io.ftpalg.session.data.TransferResult;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Results of the session's actions on data connections: ports open, connections made or not, the relay's end. Owned by its
 * session, called by the driver on the session's loop.
 */
public final class DataEvents {
    private final SessionContext session;
    private final SessionTermination closing;

    DataEvents(SessionContext session, SessionTermination closing) {
        this.session = session;
        this.closing = closing;
    }

    /** The data port that was asked for is open, and has the same number for the peer. */
    public void onListening(Side side, InetSocketAddress address) {
        onListening(side, address, address.getPort());
    }

    /**
     * The data port that was asked for is open.
     *
     * @param announcedPort its number where the peer sees it
     */
    public void onListening(Side side, InetSocketAddress address, int announcedPort) {
        session.data().onListening(side, address, announcedPort);
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onListening(side, address);
        }
    }

    /** The kernel carries the connection that comes to the data port: it may be announced. */
    public void onOffloaded() {
        session.data().onOffloaded();
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onOffloadDecided();
        }
    }

    /** The kernel does not carry the connection, or no longer: it arrives at the data port of the gateway. */
    public void onNotOffloaded() {
        session.data().onNotOffloaded();
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onOffloadDecided();
        }
    }

    /** The kernel has connected client and server. */
    public void onOffloadConnected(OffloadedConnection ends) {
        session.data().onOffloadConnected(ends);
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onDataConnected(Side.SERVER);
        }
    }

    /** The data connection that was asked for is there. */
    public void onConnected(Side side, InetSocketAddress local, InetSocketAddress remote) {
        session.data().onConnected(side, local, remote);
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onDataConnected(side);
        }
    }

    /**
     * The data port or data connection that was asked for will not be there.
     *
     * @param local the gateway's end, if it has one
     * @param detail the error of the system
     */
    public void onFailed(Side side, DataFailure failure, Optional<InetSocketAddress> local, String detail) {
        Exchange inFlight = session.inFlight();
        session.data().onFailed(side, Optional.ofNullable(inFlight).map(Exchange::verb), failure, local, detail);
        if (inFlight != null) {
            inFlight.onDataFailed(side);
        } else {
            session.data().dropFailed();
        }
    }

    /** On a data connection that was to be watched bytes, or an end, are there. */
    public void onReadable(Side side) {
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onDataReadable(side);
        }
    }

    /** The relay is about to end because the server's data connection was reset before a byte came from it. */
    public void onServerUnused() {
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onServerDataUnused();
        }
    }

    /** The relay ended; both data connections are closed. */
    public void onTransferEnded(TransferResult result) {
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onTransferEnded(result);
        }
        closing.onTransferEnded();
    }

    /** An unexpected peer connected to the data port of this side, and was refused; the port stays open. */
    public void onUnexpectedPeer(Side side, InetSocketAddress remote) {
        session.events().rejected(Reason.FOREIGN_DATA_PEER, side, remote);
        session.data().onUnexpectedPeer(side);
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.onUnexpectedDataPeer();
        }
    }

    /** There is no passive port left for this client. */
    public void onPassivePortsExhausted() {
        session.events().rejected(Reason.PASSIVE_PORTS_EXHAUSTED, Side.CLIENT, session.client());
    }

    /** The client's address holds its share of the passive ports. */
    public void onPassiveShareHeld() {
        session.events().rejected(Reason.PASSIVE_SHARE_OF_THIS_ADDRESS, Side.CLIENT, session.client());
    }
}
