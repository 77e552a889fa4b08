package io.ftpalg.policy;

import io.ftpalg.protocol.FtpReply;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides whether a client may have a session, before anything is said. Called on an event loop for each connection:
 * thread-safe, and must not block.
 */
@FunctionalInterface
public interface ClientGate {
    /** Lets everybody in. */
    ClientGate OPEN = client -> Optional.empty();

    /** Returns what the client is told before it is closed, a 4yz or 5yz reply, or nothing if it may come in. */
    Optional<FtpReply> refuse(InetSocketAddress client);

    /** Returns a gate that lets in whom both let in; who is refused hears this one first. */
    default ClientGate and(ClientGate other) {
        return client -> refuse(client).or(() -> other.refuse(client));
    }
}
