package io.ftpalg.control.tunnel;

import io.ftpalg.control.http.OwnSession;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.control.shared.Tunnels.AwaitingSession;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The session of a client that has asked for a file.
 *
 * @param client the client's address, by which its data ports are found
 * @param loop the event loop of its connection
 * @param target the server, and the user of the gateway if it has users
 */
record FetchSession(Gateway gateway, InetAddress client, EventLoop loop, EarlyTarget target, SessionOpener opener)
        implements OwnSession {
    @Override
    public Secret anonymousPassword() {
        return gateway.settings().login().anonymousPassword();
    }

    @Override
    public void open(SocketChannel control) {
        opener.openOwn(gateway, control, target);
    }

    @Override
    public Optional<TunnelReceiver> dataConnection(int port) {
        Optional<String> name = target.user().map(ProxyUser::name);
        return gateway.tunnels()
                .sessions()
                .claim(
                        client,
                        port,
                        waiting -> waiting.loop().equals(loop) && waiting.user().equals(name))
                .map(AwaitingSession::receiver);
    }
}
