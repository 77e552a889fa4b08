package io.ftpalg.session.exchange;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.PendingCommand;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.data.TransferResult;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The one command in flight: which replies belong to it, who gets them, and what follows. It ends by
 * {@link InFlight#finish}, after the client got its reply.
 */
public abstract class Exchange implements PendingCommand {
    /** One is usual (RFC 959 section 5.4); servers that compute for long may send several. */
    static final int MAX_PRELIMINARIES = 100;

    protected final SessionContext session;
    protected final SessionActions port;
    protected final FtpCommand command;
    private int preliminaries;

    protected Exchange(SessionContext session, FtpCommand command) {
        this.session = session;
        this.port = session.port();
        this.command = command;
    }

    /** Returns the verb of the command. */
    public final FtpVerb verb() {
        return command.verb();
    }

    /** Takes the first step. */
    protected abstract void start();

    /** Takes a line of the server, unless there are too many preliminary replies. */
    @Override
    public final void hear(ReplyLine line) {
        if (line.starts() && line.code() / 100 == 1 && ++preliminaries > MAX_PRELIMINARIES) {
            session.close(
                    CloseCause.SERVER_NOT_FTP, "too many preliminary replies", Optional.of(Replies.SERVER_NOT_FTP));
        } else {
            onServerLine(line);
        }
    }

    /** Returns whether the server was asked something: if not, what it says belongs to no command. */
    @Override
    public boolean expectsReply() {
        return true;
    }

    /** A line of a reply came that belongs to this command. */
    protected abstract void onServerLine(ReplyLine line);

    /** A data port is open. */
    public void onListening(Side side, InetSocketAddress address) {}

    /** It is decided whether the kernel carries the connection that comes to the data port, or it no longer does. */
    public void onOffloadDecided() {}

    /** A data connection is there. */
    public void onDataConnected(Side side) {}

    /** A data connection will not be there: what was agreed for the next transfer is worth nothing. */
    public void onDataFailed(Side side) {
        session.data().dropFailed();
    }

    /** A data connection that was watched has bytes, or an end. */
    public void onDataReadable(Side side) {}

    /** An unexpected peer connected to a data port, and was refused. */
    public void onUnexpectedDataPeer() {}

    /** The server's data connection was reset before a byte came from it; the relay's end follows. */
    public void onServerDataUnused() {}

    /** The control connection of this side is under TLS. */
    public void onSecured(Side side) {}

    /** The client's control connection left TLS. */
    public void onCleared() {}

    /** Bytes from this side were passed on unseen. */
    public void onPassed(Side from) {}

    /** The server's control connection failed at TLS; it is of no more use. */
    @Override
    public void onServerTlsFailed(String reason) {
        session.close(CloseCause.TLS_FAILED, reason, Optional.of(Replies.SERVER_LOST));
    }

    /** The data connection of this side, in the relay, is under TLS. */
    public void onDataSecured(Side side, TlsDetails details) {}

    /** The relay ended. */
    public void onTransferEnded(TransferResult result) {}

    /** Returns whether a command of this urgent verb need not wait for the answer to this one. */
    public boolean mayOvertake(FtpVerb verb) {
        return false;
    }

    /** Takes up a command that {@link #mayOvertake may overtake}. */
    public void overtake(FtpCommand urgent) {
        throw new IllegalStateException(urgent.verb() + " does not overtake " + command.verb());
    }

    /** Returns whether a data connection is in use, so that a stop of the gateway waits for it. */
    @Override
    public boolean transfers() {
        return false;
    }

    /** Returns whether a relay runs, whose end must be awaited. */
    public boolean relays() {
        return false;
    }

    /**
     * The client's control connection ended, or half of it; returns whether this command continues all the same, because the
     * client has sent everything. May be called again.
     */
    public boolean continuesWithoutClient() {
        return false;
    }

    /** The server's control connection is gone; true if this command does not need it any more. */
    @Override
    public boolean onServerClosed() {
        return false;
    }

    /** The session is being closed; a reply can be sent to the client if it gets a final one. */
    public void onClosing(boolean answer) {}
}
