package io.ftpalg.policy;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Receives the events of sessions: audit and metrics are listeners.
 *
 * <p>One listener serves all sessions: each call comes on the event loop of its session, so calls for different sessions
 * overlap. It must not block. What it throws is logged and costs nothing else.
 *
 * <p>Texts in the records (users, paths) are what peers sent, one char for one byte: escape them before they reach a log.
 */
public interface AlgListener {

    /** A client connected and was admitted. */
    default void sessionOpened(SessionOpened event) {}

    /** A client connected and was turned away before it had a session. */
    default void sessionRefused(SessionRefused event) {}

    /** The client has logged in as one of the gateway's own users. */
    default void proxyAuthenticated(ProxyAuthenticated event) {}

    /** There is no such user, or the password is wrong, or was wrong too often. */
    default void proxyRefused(ProxyRefused event) {}

    /** The server accepted the login. */
    default void sessionAuthenticated(SessionAuthenticated event) {}

    /** The server refused a password. */
    default void loginRefused(LoginRefused event) {}

    /** A control connection to a server is established; it may be under TLS yet to come, and the server has not greeted. */
    default void serverConnected(ServerConnected event) {}

    /** The client sent a line; its command is yet to be checked. */
    default void commandReceived(CommandReceived event) {}

    /** A command was refused by a filter, or since content is inspected. */
    default void commandDenied(CommandDenied event) {}

    /** The client was sent a reply, or the last line of it. */
    default void replySent(ReplySent event) {}

    /** A control connection is under TLS now. */
    default void sessionSecured(SessionSecured event) {}

    /** The session's bytes pass unseen from now on: the client has TLS with the server itself (RFC 6384 section 5). */
    default void sessionTransparent(SessionTransparent event) {}

    /** A session is over: no more events of it follow. */
    default void sessionClosed(SessionClosed event) {}

    /** A transfer command went to the server. */
    default void transferStarted(TransferStarted event) {}

    /** A transfer whose content was inspected is over; {@link #transferFinished} follows. */
    default void inspectionEnded(InspectionEnded event) {}

    /** It is decided about a file that a cut upload left at the server, and that was to be deleted; {@link #transferFinished} follows. */
    default void remnantHandled(RemnantHandled event) {}

    /** A transfer command is over, whatever came of it. */
    default void transferFinished(TransferFinished event) {}

    /** A data connection that was agreed could not be made. */
    default void dataConnectionFailed(DataConnectionFailed event) {}

    /** TLS with a peer failed, on a control or a data connection. */
    default void tlsFailed(TlsFailed event) {}

    /** A peer broke a rule that protects others. */
    default void rejected(Rejected event) {}

    /**
     * A client connected and was admitted.
     *
     * @param session the session's id, unique in this gateway
     * @param client the client's address
     * @param listener the address at which it reached the gateway
     */
    record SessionOpened(long session, InetSocketAddress client, InetSocketAddress listener) {}

    /**
     * A client connected and was turned away.
     *
     * @param client the client's address
     * @param cause SESSION_LIMIT, NO_SOCKET, REFUSED_BY_GATE, LOOP, NOT_REDIRECTED, NO_PROXY_HEADER, BAD_PROXY_HEADER or SHUTDOWN; of clients that ask
     *     for a server by another protocol, TARGET_DENIED, BAD_REQUEST, REQUEST_TIMEOUT, LOGIN_TIMEOUT, LOGIN_REFUSED or USERS_UNAVAILABLE too
     * @param detail what the log should add, such as the target that was asked for; may be empty
     */
    record SessionRefused(InetSocketAddress client, CloseCause cause, String detail) {
        /** Makes one without a detail. */
        public SessionRefused(InetSocketAddress client, CloseCause cause) {
            this(client, cause, "");
        }
    }

    /**
     * The client has logged in as one of the gateway's own users.
     *
     * @param session the session's id
     * @param client the client's address
     * @param user who it is
     */
    record ProxyAuthenticated(long session, InetSocketAddress client, ProxyUser user) {}

    /**
     * A login at the gateway itself was refused.
     *
     * @param session the session's id
     * @param client the client's address
     * @param user the name that it gave
     */
    record ProxyRefused(long session, InetSocketAddress client, String user) {}

    /**
     * The server accepted a login.
     *
     * @param session the session's id
     * @param user the name that the server accepted
     * @param server the server's address
     */
    record SessionAuthenticated(long session, String user, InetSocketAddress server) {}

    /**
     * The server refused a password, by the reply that RFC 959 has for that, 530, or another negative one.
     *
     * @param session the session's id
     * @param client the client's address
     * @param user the name that the server was sent
     * @param server the server's address
     */
    record LoginRefused(long session, InetSocketAddress client, String user, InetSocketAddress server) {}

    /**
     * A control connection to a server is established.
     *
     * @param session the session's id
     * @param server the server's address
     * @param duration from the first attempt at this server, whichever of its addresses came first
     */
    record ServerConnected(long session, InetSocketAddress server, Duration duration) {}

    /**
     * The client sent a line.
     *
     * @param session the session's id
     * @param verb its command; OTHER too if it is none
     */
    record CommandReceived(long session, FtpVerb verb) {}

    /**
     * A command was refused by a filter, or since content is inspected, and did not reach the server. One that the gateway does not know
     * has reached it, if the server announced data for it: none of them was moved.
     *
     * @param session the session's id
     * @param client the client's address
     * @param user the last name that the client sent, if any
     * @param verb its command
     * @param direction what the command would have done
     * @param rule the name of the rule that decided, if the filter named one; {@code inspection} where no filter did
     * @param path the path that it was about, resolved as the rule resolved it, if one did; text of the client
     * @param code the code of the reply to the client
     */
    record CommandDenied(
            long session,
            InetSocketAddress client,
            Optional<String> user,
            FtpVerb verb,
            Direction direction,
            Optional<String> rule,
            Optional<String> path,
            int code) {}

    /**
     * The client was sent a reply.
     *
     * @param session the session's id
     * @param code its code
     */
    record ReplySent(long session, int code) {}

    /**
     * A control connection is under TLS now.
     *
     * @param session the session's id
     * @param side whose control connection
     * @param tls what the handshake came to
     */
    record SessionSecured(long session, Side side, TlsDetails tls) {}

    /**
     * The session's bytes pass unseen from now on; data connections are not handled.
     *
     * @param session the session's id
     */
    record SessionTransparent(long session) {}

    /**
     * A session is over.
     *
     * @param session the session's id
     * @param client the client's address
     * @param server the server's address, if one was connected
     * @param user the last name that the client sent, if any
     * @param cause who ended it, and why
     * @param detail what the log should add, such as the error of a failed connect; may be empty
     * @param commands how many commands the client sent
     * @param transfers how many transfer commands went to the server
     * @param bytesToClient bytes of all transfers
     * @param bytesToServer bytes of all transfers
     * @param duration from accept to now
     */
    record SessionClosed(
            long session,
            InetSocketAddress client,
            Optional<InetSocketAddress> server,
            Optional<String> user,
            CloseCause cause,
            String detail,
            long commands,
            long transfers,
            long bytesToClient,
            long bytesToServer,
            Duration duration) {}

    /**
     * One side of a transfer.
     *
     * @param syntax how its data port was agreed
     * @param local the gateway's end
     * @param remote the peer's end, if it was connected
     * @param tls what its TLS handshake came to, if there was one
     */
    record Leg(
            DataSyntax syntax,
            Optional<InetSocketAddress> local,
            Optional<InetSocketAddress> remote,
            Optional<TlsDetails> tls) {}

    /**
     * A transfer command went to the server.
     *
     * @param session the session's id
     * @param user the session's user
     * @param verb the command
     * @param path its argument
     */
    record TransferStarted(long session, Optional<String> user, FtpVerb verb, String path) {}

    /**
     * A transfer whose content was inspected is over.
     *
     * @param session the session's id
     * @param user the session's user
     * @param verb the command
     * @param path its argument
     * @param sender who sent the content
     * @param end how the transfer ended: REJECTED if that was the verdict, COMPLETE if all of it passed
     * @param reason why it was rejected
     * @param findings what the inspection found out, such as the content's hash, by name
     */
    record InspectionEnded(
            long session,
            Optional<String> user,
            FtpVerb verb,
            String path,
            Side sender,
            TransferEnd end,
            Optional<String> reason,
            Map<String, String> findings) {
        public InspectionEnded {
            findings = Map.copyOf(findings);
        }
    }

    /**
     * A file that a cut upload left at the server was deleted, or not.
     *
     * @param session the session's id
     * @param user the session's user
     * @param verb the command that uploaded it
     * @param path its path, as the server was sent it, or named it
     * @param deleted whether the server has deleted it
     * @param code the code of the server's reply to DELE, if there was one
     * @param detail why it was not deleted; empty if it was
     */
    record RemnantHandled(
            long session,
            Optional<String> user,
            FtpVerb verb,
            String path,
            boolean deleted,
            Optional<Integer> code,
            String detail) {}

    /**
     * A transfer command is over.
     *
     * @param session the session's id
     * @param clientAddress the client's address on the control connection
     * @param serverAddress the server's address on the control connection
     * @param user the session's user
     * @param verb the command
     * @param path its argument
     * @param client the data connection with the client
     * @param server the data connection with the server
     * @param bytesToClient bytes written to the client's data connection
     * @param bytesToServer bytes written to the server's data connection
     * @param duration from the command to its final reply
     * @param end how it ended
     * @param dataPath what moved its bytes; empty if it did not come to that
     * @param received the code of the server's final reply, if there was one
     * @param sent the code of the final reply that the client got, if it got one
     */
    record TransferFinished(
            long session,
            InetSocketAddress clientAddress,
            InetSocketAddress serverAddress,
            Optional<String> user,
            FtpVerb verb,
            String path,
            Leg client,
            Leg server,
            long bytesToClient,
            long bytesToServer,
            Duration duration,
            TransferEnd end,
            Optional<DataPath> dataPath,
            Optional<Integer> received,
            Optional<Integer> sent) {}

    /**
     * A data connection that was agreed could not be made.
     *
     * @param session the session's id
     * @param side whose data connection
     * @param verb the command that needed it, if one was in flight
     * @param failure why
     * @param listens whether the peer was to connect to the gateway, and not the gateway to the peer
     * @param local the gateway's end, as far as it is known; port 0 is any
     * @param remote the peer's end; port 0 where the peer was to connect, from any
     * @param named the host that the server named in its 227 reply, if that was another and not connected to
     * @param detail the error of the system, or what was waited for
     */
    record DataConnectionFailed(
            long session,
            Side side,
            Optional<FtpVerb> verb,
            DataFailure failure,
            boolean listens,
            Optional<InetSocketAddress> local,
            InetSocketAddress remote,
            Optional<InetAddress> named,
            String detail) {}

    /**
     * TLS with a peer failed.
     *
     * @param session the session's id
     * @param side whose connection
     * @param data whether it was a data connection, and not the control connection
     * @param peer the peer's address on the control connection
     * @param failure why
     */
    record TlsFailed(long session, Side side, boolean data, InetSocketAddress peer, TlsFailure failure) {}

    /**
     * Something was rejected that a peer of good will does not do.
     *
     * @param session the session's id
     * @param reason what was rejected
     * @param side whose connection it was about
     * @param peer who did it
     * @param named the address that was named, where that is what was rejected
     */
    record Rejected(long session, Reason reason, Side side, InetSocketAddress peer, Optional<InetSocketAddress> named) {

        /** What was rejected: few enough to be a metric's label. */
        public enum Reason {
            /** An unexpected peer connected to a data port (RFC 2577 section 4). */
            FOREIGN_DATA_PEER,
            /** PORT or EPRT named another host, or a port below 1024 (RFC 2577 section 3). */
            BOUNCE,
            /** A 227 or 229 reply named no data port that may be used. */
            BAD_PASSIVE_REPLY,
            /** A reply that no command had asked for. */
            UNSOLICITED_REPLY,
            /** No passive port was free for this client. */
            PASSIVE_PORTS_EXHAUSTED,
            /** The client's address holds its share of the passive ports already. */
            PASSIVE_SHARE_OF_THIS_ADDRESS,
            /** A login named a target that is not allowed. */
            TARGET_DENIED,
            /** Bytes in the clear came behind AUTH or its reply. */
            TLS_INJECTION,
            /** A data connection under TLS ended without close_notify. */
            TLS_TRUNCATION
        }
    }
}
