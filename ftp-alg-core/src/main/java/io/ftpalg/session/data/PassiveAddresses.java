package io.ftpalg.session.data;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Chooses the IPv4 address that a 227 reply announces. Shared by sessions: thread-safe, and does not block. */
@FunctionalInterface
public interface PassiveAddresses {
    /** Announces the address that the client connected to. */
    PassiveAddresses NONE = client -> Optional.empty();

    /**
     * Returns the address that is announced to this client, if it is not the one that it connected to.
     *
     * @throws UnknownHostException if it is that of a name which has not been found yet; the message is for the log
     */
    Optional<InetAddress> of(InetAddress client) throws UnknownHostException;

    /** Returns the same, with this address for those who have none. */
    default PassiveAddresses orElse(InetAddress other) {
        return client -> of(client).or(() -> Optional.of(other));
    }
}
