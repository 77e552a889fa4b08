package io.ftpalg.live;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.FtpVerb;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A session at one moment, taken on its event loop. Immutable.
 *
 * <p>Texts are what peers sent, one char for one byte: escape them before they reach a log or a terminal.
 *
 * @param id the session's id, as listeners receive it
 * @param client the client's address
 * @param listener the address at which it reached the gateway
 * @param phase what it is about
 * @param proxyUser the gateway's own user, if it has logged in as one
 * @param user the last name that the client sent for the server
 * @param server the server's address, while it is connected with one; behind a proxy it may be a name
 * @param clientTls TLS of the client's control connection, while it is in force
 * @param serverTls TLS of the server's control connection, while it is in force
 * @param age since the client was admitted
 * @param idle since the last command of the client; nothing while a transfer runs
 * @param commands how many commands the client sent
 * @param transfers how many transfer commands went to the server
 * @param bytesToClient bytes of all transfers, the running one included
 * @param bytesToServer bytes of all transfers, the running one included
 * @param command the command in flight, if there is one
 * @param transfer the running transfer, if there is one
 */
public record SessionSnapshot(
        long id,
        InetSocketAddress client,
        InetSocketAddress listener,
        Phase phase,
        Optional<ProxyUser> proxyUser,
        Optional<String> user,
        Optional<InetSocketAddress> server,
        Optional<TlsDetails> clientTls,
        Optional<TlsDetails> serverTls,
        Duration age,
        Duration idle,
        long commands,
        long transfers,
        long bytesToClient,
        long bytesToServer,
        Optional<FtpVerb> command,
        Optional<TransferSnapshot> transfer) {

    /** What a session is about. */
    public enum Phase {
        /** There is no server yet, or it has not greeted. */
        CONNECTING,
        /** The server is there, and has not accepted the login. */
        LOGIN,
        /** The login is accepted; no transfer runs. */
        READY,
        /** A transfer runs. */
        TRANSFER,
        /** Its bytes pass unseen. */
        TRANSPARENT,
        /** Its last reply is sent. */
        CLOSING
    }
}
