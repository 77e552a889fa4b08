package io.ftpalg.session.base;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server's end of the control connection, once there is one. Owned by the {@code ServerConnection}, read by other parts. */
public final class ServerAddress {
    private @Nullable InetSocketAddress address;

    public void set(@Nullable InetSocketAddress remote) {
        address = remote;
    }

    /** Returns the address, or null if the session is connected with no server. */
    @Nullable
    public InetSocketAddress orNull() {
        return address;
    }

    /** Returns the address of the server that there is. */
    public InetSocketAddress get() {
        return Objects.requireNonNull(address, "no server");
    }
}
