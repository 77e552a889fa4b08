package io.ftpalg.session;

import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;

/**
 * The one command in flight: which replies belong to it, who gets them, and what follows. It ends by
 * {@link FtpSession#finish}, after the client was answered.
 */
abstract class Exchange {
    final FtpSession session;
    final SessionPort port;
    final FtpCommand command;

    Exchange(FtpSession session, FtpCommand command) {
        this.session = session;
        this.port = session.port();
        this.command = command;
    }

    /** Takes the first step. */
    abstract void start();

    /** A line of a reply came that belongs to this command. */
    abstract void onServerLine(ReplyLine line);

    /** A data port is open. */
    void onListening(Side side, InetSocketAddress address) {
    }

    /** A data connection is there. */
    void onDataConnected(Side side) {
    }

    /** A data connection will not be there. */
    void onDataFailed(Side side) {
    }

    /** The relay ended. */
    void onTransferEnded(TransferEnd end, long bytesToClient, long bytesToServer) {
    }

    /** Takes up a command that may not wait; false if it must. */
    boolean overtake(FtpCommand urgent) {
        return false;
    }

    /** Tells whether a data connection is in use, so that a stop of the gateway waits for it. */
    boolean transfers() {
        return false;
    }

    /** Tells whether a relay runs, whose end must be awaited. */
    boolean relays() {
        return false;
    }

    /** The server's control connection is gone; true if this command does not need it any more. */
    boolean onServerClosed() {
        return false;
    }

    /** The session is being closed; the client can be answered if it is told a last word. */
    void onClosing(boolean answer) {
    }
}
