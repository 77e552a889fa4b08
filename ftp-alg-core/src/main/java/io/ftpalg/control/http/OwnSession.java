package io.ftpalg.control.http;

import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.protocol.Secret;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;

/** Opens the session of a request, as that of the HTTP client, which was counted in. On the loop of its connection. */
public interface OwnSession {

    /** Returns the password of anonymous logins. */
    Secret anonymousPassword();

    /** Starts the session, whose client's control connection this is. */
    void open(SocketChannel control);

    /** Returns who receives the data connection at this port, which the session has announced. */
    Optional<TunnelReceiver> dataConnection(int port);
}
