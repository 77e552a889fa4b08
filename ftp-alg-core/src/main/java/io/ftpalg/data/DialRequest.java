package io.ftpalg.data;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be dialled.
 *
 * @param remote the peer's data port, resolved
 * @param local what to bind first, where that matters: port 0 is any port; several connections may share one
 * @param timeout how long the peer may take to accept
 */
public record DialRequest(InetSocketAddress remote, Optional<InetSocketAddress> local, Duration timeout) {

    public DialRequest {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("a data port is dialled by its address, never by name");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing, not " + timeout);
        }
    }
}
