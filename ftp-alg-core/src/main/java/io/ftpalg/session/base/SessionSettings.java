package io.ftpalg.session.base;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.login.LoginGuard;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.session.data.PassiveAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What all sessions of a gateway have in common.
 *
 * @param router where sessions go
 * @param login how clients log in
 * @param guard counts failed logins
 * @param filter decides on each command first
 * @param replyFilter changes what the client receives, if it is there
 * @param transfers how many bytes transfers may move, and how fast
 * @param listener receives the events
 * @param limits how much and how long
 * @param texts texts of the operator
 * @param passiveAddresses chooses the address in 227 replies
 * @param dataConnect when the server's data port is dialled
 * @param pasvAddress how the host in a server's 227 reply is handled
 * @param dataPeers which other hosts may be the other end of data connections
 * @param clientTls how clients are protected
 */
public record SessionSettings(
        Router router,
        LoginPolicy login,
        LoginGuard guard,
        CommandFilter filter,
        Optional<ReplyFilter> replyFilter,
        TransferPolicy transfers,
        AlgListener listener,
        Limits limits,
        Texts texts,
        PassiveAddresses passiveAddresses,
        DataConnect dataConnect,
        PasvAddress pasvAddress,
        DataPeers dataPeers,
        ClientTls clientTls) {

    /** Returns the settings of these parts, all else by default. */
    public static SessionSettings of(
            Router router, CommandFilter filter, AlgListener listener, Limits limits, DataConnect dataConnect) {
        return new SessionSettings(
                router,
                LoginPolicy.DEFAULT,
                LoginGuard.NONE,
                filter,
                Optional.empty(),
                TransferPolicy.NONE,
                listener,
                limits,
                Texts.DEFAULT,
                PassiveAddresses.NONE,
                dataConnect,
                PasvAddress.IGNORE,
                DataPeers.SAME,
                ClientTls.NONE);
    }

    /** Returns the settings of a client that connected to this address: it is announced where no other one is. */
    public SessionSettings withDestination(Optional<InetSocketAddress> destination) {
        Optional<InetAddress> known =
                destination.map(InetSocketAddress::getAddress).filter(Inet4Address.class::isInstance);
        if (known.isEmpty()) {
            return this;
        }
        return new SessionSettings(
                router,
                login,
                guard,
                filter,
                replyFilter,
                transfers,
                listener,
                limits,
                texts,
                passiveAddresses.orElse(known.get()),
                dataConnect,
                pasvAddress,
                dataPeers,
                clientTls);
    }

    /** Returns the same with the host in a 227 handled like this. */
    public SessionSettings withPasvAddress(PasvAddress other) {
        return new SessionSettings(
                router,
                login,
                guard,
                filter,
                replyFilter,
                transfers,
                listener,
                limits,
                texts,
                passiveAddresses,
                dataConnect,
                other,
                dataPeers,
                clientTls);
    }

    /** Returns the same with these hosts admitted to data connections. */
    public SessionSettings withDataPeers(DataPeers others) {
        return new SessionSettings(
                router,
                login,
                guard,
                filter,
                replyFilter,
                transfers,
                listener,
                limits,
                texts,
                passiveAddresses,
                dataConnect,
                pasvAddress,
                others,
                clientTls);
    }

    /** Returns the same with clients protected like this. */
    public SessionSettings withClientTls(ClientTls other) {
        return new SessionSettings(
                router,
                login,
                guard,
                filter,
                replyFilter,
                transfers,
                listener,
                limits,
                texts,
                passiveAddresses,
                dataConnect,
                pasvAddress,
                dataPeers,
                other);
    }
}
