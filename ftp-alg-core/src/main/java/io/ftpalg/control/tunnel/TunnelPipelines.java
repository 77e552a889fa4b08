package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.data.tunnel.ReplaceableReads;
import io.ftpalg.policy.ListenerProtocol;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import java.net.InetSocketAddress;

/** Builds the pipelines of clients that begin with another protocol than FTP, top to bottom. Stateless. */
public final class TunnelPipelines {
    /** What is read at a time, and may be kept of what a client sends behind its request. */
    private static final int LARGEST_READ = 1 << 10;

    /** Bytes of a request's first line, and of its headers. */
    private static final int HTTP_LINE = 8 << 10;

    private static final int HTTP_HEADERS = 16 << 10;

    private TunnelPipelines() {}

    /**
     * Begins with an accepted client, which was counted in.
     *
     * @param address the client's address
     * @param opener makes its session
     */
    public static void begin(Gateway gateway, SocketChannel client, InetSocketAddress address, SessionOpener opener) {
        client.config().setAutoRead(false);
        client.config().setRecvByteBufAllocator(new ReplaceableReads(LARGEST_READ));
        TunnelLogin login = new TunnelLogin(gateway, address, client.eventLoop());
        if (gateway.protocol() == ListenerProtocol.SOCKS5) {
            ClientTunnel tunnel = new ClientTunnel(client, address, gateway, new Socks5Replies(), opener);
            client.pipeline()
                    .addLast(HandlerNames.TUNNEL_ENCODER, Socks5ServerEncoder.DEFAULT)
                    .addLast(HandlerNames.TUNNEL_DECODER, new Socks5InitialRequestDecoder())
                    .addLast(HandlerNames.TUNNEL, new Socks5Handler(tunnel, login));
        } else {
            HttpReplies replies = new HttpReplies();
            ClientTunnel tunnel = new ClientTunnel(client, address, gateway, replies, opener);
            RequestDecoder decoder = new RequestDecoder(httpLimits());
            client.pipeline()
                    .addLast(HandlerNames.TUNNEL_ENCODER, new HttpResponseEncoder())
                    .addLast(HandlerNames.TUNNEL_DECODER, decoder)
                    .addLast(HandlerNames.TUNNEL, new HttpConnectHandler(tunnel, login, decoder, replies));
        }
    }

    /** Reads a connection as at its begin. */
    static void readSmallPieces(SocketChannel client) {
        client.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST_READ));
    }

    private static HttpDecoderConfig httpLimits() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(HTTP_LINE)
                .setMaxHeaderSize(HTTP_HEADERS)
                .setValidateHeaders(true);
    }

    /** Starts with a client whose connection was active before, if it was begun with. */
    public static void start(SocketChannel client) {
        if (client.pipeline().get(HandlerNames.TUNNEL) != null) {
            client.pipeline().context(HandlerNames.TUNNEL_DECODER).fireChannelActive();
        }
    }
}
