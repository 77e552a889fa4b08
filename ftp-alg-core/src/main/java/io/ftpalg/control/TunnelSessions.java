package io.ftpalg.control;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.LineTimeoutHandler;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.tunnel.SessionOpener;
import io.ftpalg.control.tunnel.TunnelGreeting;
import io.ftpalg.control.tunnel.TunnelReplies;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;

/** Makes sessions of clients that have named their server by another protocol (SOCKS, HTTP CONNECT). One per connection. */
final class TunnelSessions implements SessionOpener {
    private final SocketChannel client;
    private final NamedClient named;

    TunnelSessions(SocketChannel client, NamedClient named) {
        this.client = client;
        this.named = named;
    }

    /** The handlers of the session take the place of that of the request; then the decoder gives up what it has not read. */
    @Override
    public void open(Gateway gateway, EarlyTarget tunnel, TunnelReplies replies) {
        client.pipeline().remove(HandlerNames.TUNNEL);
        ControlEvents events =
                ControlInitializer.addSession(gateway, client, named, Optional.empty(), Optional.of(tunnel));
        TunnelGreeting greeting = new TunnelGreeting(replies);
        client.pipeline().addAfter(HandlerNames.ENCODER, HandlerNames.TUNNEL, greeting);
        if (gateway.settings().clientTls().implicit()) {
            ChannelHandlerContext here = client.pipeline().context(greeting);
            greeting.grant(here);
            client.flush();
        }
        client.pipeline().context(LineTimeoutHandler.class).fireChannelActive();
        client.pipeline().remove(HandlerNames.TUNNEL_DECODER);
        events.onWritabilityChanged();
    }

    @Override
    public void openOwn(Gateway gateway, SocketChannel control, EarlyTarget tunnel) {
        control.config().setAllowHalfClosure(true);
        ControlEvents events =
                ControlInitializer.addSession(gateway, control, named, Optional.empty(), Optional.of(tunnel));
        ControlInitializer.start(control, events);
    }
}
