package io.ftpalg.policy;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.TransferPermit;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The state of a session when a {@link CommandFilter} or {@link ReplyFilter} decides: a snapshot, which may be kept and
 * read on any thread.
 *
 * @param session the session's id, as in the log and in the events of {@link AlgListener}
 * @param client the client's address
 * @param listener the address that the client is connected to
 * @param proxyUser who the client is to the gateway itself, with groups, if the gateway has users and the client logged in
 * @param user the user that was last sent to the server, if any
 * @param loggedIn whether the server accepted the login of that user
 * @param route what the router chose, if it did
 * @param server the address of the server, while the session is connected to one
 * @param tls TLS of the client's control connection; empty if that is in the clear
 * @param directory the working directory at the server, where it is known for certain: named by the server's last reply to
 *     PWD, or by CWD with a path that needs no resolving since then. Not known behind CDUP, {@code ..} or {@code ~}
 * @param declaredSize the bytes that ALLO declared for the next upload, if it did
 * @param permit what the filter permitted the transfer that is about to begin; anything before it decided
 */
public record FilterContext(
        long session,
        InetSocketAddress client,
        InetSocketAddress listener,
        Optional<ProxyUser> proxyUser,
        Optional<String> user,
        boolean loggedIn,
        Optional<Route> route,
        Optional<InetSocketAddress> server,
        Optional<TlsDetails> tls,
        Optional<String> directory,
        Optional<Long> declaredSize,
        TransferPermit permit) {

    /** Makes one without a declared size, that may transfer anything. */
    public FilterContext(
            long session,
            InetSocketAddress client,
            InetSocketAddress listener,
            Optional<ProxyUser> proxyUser,
            Optional<String> user,
            boolean loggedIn,
            Optional<Route> route,
            Optional<InetSocketAddress> server,
            Optional<TlsDetails> tls,
            Optional<String> directory) {
        this(
                session,
                client,
                listener,
                proxyUser,
                user,
                loggedIn,
                route,
                server,
                tls,
                directory,
                Optional.empty(),
                TransferPermit.ANY);
    }

    /** Returns the same with a size that was declared. */
    public FilterContext withDeclaredSize(Optional<Long> bytes) {
        return new FilterContext(
                session, client, listener, proxyUser, user, loggedIn, route, server, tls, directory, bytes, permit);
    }
}
