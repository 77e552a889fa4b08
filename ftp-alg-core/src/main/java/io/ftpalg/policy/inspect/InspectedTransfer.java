package io.ftpalg.policy.inspect;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * One direction of a transfer, as an inspector sees it before its first byte. Texts are what peers sent, one char for one byte.
 *
 * @param command its command, with the path as the client sent it
 * @param sender who sends the bytes: the client uploads, the server sends downloads and listings
 * @param session the session's id
 * @param client the client's address
 * @param proxyUser the gateway's own user, if the client logged in as one
 * @param user the user at the server
 * @param directory the working directory there, if it is known
 * @param inspections the names of the inspections that are wanted, by the {@link io.ftpalg.policy.CommandFilter}; all if empty. An
 *     inspector without names disregards them
 */
public record InspectedTransfer(
        FtpCommand command,
        Side sender,
        long session,
        InetSocketAddress client,
        Optional<ProxyUser> proxyUser,
        Optional<String> user,
        Optional<String> directory,
        Optional<Set<String>> inspections) {

    /** Makes one for which all inspections are wanted. */
    public InspectedTransfer(
            FtpCommand command,
            Side sender,
            long session,
            InetSocketAddress client,
            Optional<ProxyUser> proxyUser,
            Optional<String> user,
            Optional<String> directory) {
        this(command, sender, session, client, proxyUser, user, directory, Optional.empty());
    }
}
