package io.ftpalg.policy;

import io.ftpalg.protocol.FtpReply;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides whether a client may have a session, before the greeting. Called on an event loop for each connection:
 * thread-safe, and must not block.
 */
@FunctionalInterface
public interface ClientGate {
    /** Lets everybody in. */
    ClientGate OPEN = client -> Optional.empty();

    /** Returns the reply to a client that is refused and closed, 4yz or 5yz, or nothing if it is admitted. */
    Optional<FtpReply> refuse(InetSocketAddress client);

    /** Returns a gate that admits the clients that both admit; the refusal of this one comes first. */
    default ClientGate and(ClientGate other) {
        return client -> refuse(client).or(() -> other.refuse(client));
    }
}
