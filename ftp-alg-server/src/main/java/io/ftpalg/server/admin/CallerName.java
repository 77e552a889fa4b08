package io.ftpalg.server.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Names the other end of a connection, for the log. Stateless. */
final class CallerName {
    private static final ChannelOption<UnixDomainPrincipal> PEER =
            NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED);

    private CallerName() {}

    static String of(Channel channel) {
        Optional<String> subject = subject(channel);
        if (subject.isPresent()) {
            return subject.get();
        }
        if (channel.remoteAddress() instanceof InetSocketAddress address) {
            return NetUtil.toSocketAddressString(address);
        }
        UnixDomainPrincipal peer = channel.config().getOption(PEER);
        return peer == null ? "local" : "user:" + peer.user().getName();
    }

    private static Optional<String> subject(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        try {
            return tls == null
                    ? Optional.empty()
                    : Optional.of(tls.engine().getSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
