package io.ftpalg.session.base;

import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.data.OffloadRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The actions of a session. Called on the session's event loop only.
 *
 * <p>No call calls the session before it has returned: a result that is there at once arrives in the next turn of
 * the loop. Nothing fails by an exception; failures are reported by the event that is named with each action.
 */
public interface SessionActions {

    /** Sends a reply to the client, in one write. */
    void toClient(FtpReply reply);

    /** Sends one line of a reply to the client. */
    void toClient(ReplyLine line);

    /** Sends a command to the server. */
    void toServer(FtpCommand command);

    /** Sends a command to the server so that it is seen in mid-transfer: behind a Telnet Synch (RFC 959 section 4.1.3). */
    void toServerUrgently(FtpCommand command);

    /** Asks the router; {@code FtpSession.onRoute}, {@code FtpSession.onRouteRefused} or {@code FtpSession.onRouteFailed} follows. */
    void route(RouteRequest request);

    /**
     * Asks whether this is a user of the gateway; {@code LoginEvents.onAuthenticated},
     * {@code LoginEvents.onNotAuthenticated} or {@code LoginEvents.onUnavailable} follows.
     */
    void authenticate(String name, Secret password);

    /**
     * Connects the control connection to this server of the route; {@code FtpSession.onServerConnected} or
     * {@code FtpSession.onServerUnreachable} follows.
     */
    void connectServer(Route route, RouteServer server);

    /** Leaves the present server: no more events of it follow. */
    void disconnectServer();

    /**
     * Puts the control connection of this side under TLS, as its server towards the client, as its client towards the
     * server; what was asked for before is sent in the clear. {@code TlsEvents.onSecured}, {@code TlsEvents.onFailed}
     * or, if bytes in the clear came behind the last line, {@code TlsEvents.onInjection} follows.
     */
    void startTls(Side side);

    /**
     * Ends TLS on the client's control connection, behind what was asked for before; {@code TlsEvents.onCleared} follows
     * once the client has ended it too.
     */
    void stopClientTls();

    /** Passes the bytes of both control connections on as they are, from now on; only their ends are reported. */
    void goTransparent();

    /** Opens a data port for this side; {@code DataEvents.onListening} or {@code DataEvents.onFailed} follows. */
    void listen(Side side);

    /**
     * Connects a data connection to this side; {@code DataEvents.onConnected} or {@code DataEvents.onFailed}
     * follows.
     */
    void dial(Side side, InetSocketAddress address);

    /**
     * Returns whether the kernel may carry this connection. Asked before anything about it is opened or announced; false where
     * the gateway is not set to have the kernel carry data.
     */
    boolean mayOffload(OffloadRequest request);

    /**
     * Has the kernel pass the connection that comes to the open data port of {@link OffloadRequest#listening} on to the target;
     * {@code DataEvents.onOffloaded} or {@code DataEvents.onNotOffloaded} follows. The port stays open: who is not passed on
     * arrives there. {@link #closeData} and {@link #abortData} of that side end it; {@link #relay}, once the connection is
     * established, follows it.
     */
    void offload(OffloadRequest request);

    /**
     * Lets the next connection to the data port arrive at the gateway again. If one was faster, it is cut, and
     * {@code DataEvents.onFailed} follows.
     */
    void withdrawOffload();

    /**
     * Watches the data connection of this side, in the clear and not relayed yet; {@code DataEvents.onReadable} follows once
     * bytes or an end are there. Nothing is taken from it.
     */
    void watchData(Side side);

    /** Returns whether the gateway itself listens there, for clients or for data: no data connection may go there. */
    boolean isOwn(InetSocketAddress address);

    /** Returns the syntaxes that did not work with this server, in other sessions too. */
    Set<DataSyntax> unusableSyntaxes(InetSocketAddress server);

    /** Records for all sessions that a syntax worked with this server. */
    void syntaxWorked(InetSocketAddress server, DataSyntax syntax);

    /** Records for all sessions that a syntax did not work with this server: after a timeout, or at once. */
    void syntaxFailed(InetSocketAddress server, DataSyntax syntax, boolean timedOut);

    /** Closes the data port or data connection of this side in order; no more events of it follow. */
    void closeData(Side side);

    /** Cuts the data port or data connection of this side, so that the peer sees a failure; no more events of it follow. */
    void abortData(Side side);

    /**
     * Joins both data connections, and owns them from here; {@code DataEvents.onTransferEnded} follows, once.
     *
     * @param sender who sends the data, empty if unknown
     * @param underTls the sides whose data connections are under TLS
     * @param terms how many bytes it may move, and how fast; what the kernel carries has none
     */
    void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms);

    /** Returns how many bytes the running relay has written to this side so far; 0 if none runs. */
    long relayed(Side to);

    /** Cuts the transfer so that both peers see a failure; {@code DataEvents.onTransferEnded} follows. */
    void abortRelay();

    /**
     * Moves no byte and no end any more, and cuts the transfer like {@link #abortRelay} in a moment, so that the server receives
     * first what was sent to it before; {@link #abortRelay} does not wait for that.
     */
    void abortRelaySoon();

    /**
     * Cuts the running upload like {@link #abortRelay}, unless the client has sent all of it: its end (FIN) has arrived, even
     * if bytes before it are not read yet, or arrives in a moment.
     */
    void cutUploadUnlessSent();

    /**
     * The final reply to a transfer that the kernel carries has passed: {@code DataEvents.onTransferEnded} follows when it ends, or
     * a second after its last byte.
     */
    void endRelaySoon();

    /** Stops reading from the client, or starts again. */
    void pauseClient(boolean paused);

    /**
     * Returns whether this side reads what is sent to it: less than the limit waits to be sent. True without a server;
     * {@code FtpSession.onWritabilityChanged} follows each change.
     */
    boolean isWritable(Side side);

    /** Runs the task later on the session's loop, unless it is cancelled. */
    Scheduled schedule(Duration delay, Runnable task);

    /**
     * Waits for a verdict, and then gives its value, or its failure, to the session's loop; not once the session has ended.
     *
     * @param then receives one of the two, and null in place of the other
     */
    void await(CompletionStage<? extends Verdict> verdict, BiConsumer<@Nullable Verdict, @Nullable Throwable> then);

    /** Returns the clock of {@link System#nanoTime}. */
    long nanoTime();

    /** Ends it all: what was sent reaches the peers, then both control connections close. No event follows. */
    void close();

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Scheduled {
        /** Cancels the task; does nothing once it ran. */
        void cancel();
    }
}
