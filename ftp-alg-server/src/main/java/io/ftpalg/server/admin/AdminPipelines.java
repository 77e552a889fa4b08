package io.ftpalg.server.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The pipeline of each connection to one address or socket, from the wire to the route. */
final class AdminPipelines extends ChannelInitializer<Channel> {
    private final AdminEndpoint endpoint;
    private final AdminRoutes routes;

    AdminPipelines(AdminEndpoint endpoint, AdminRoutes routes) {
        this.endpoint = endpoint;
        this.routes = routes;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!endpoint.admit(channel)) {
            channel.close();
            return;
        }
        channel.config().setAutoRead(false);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(AdminLimits.UNSENT / 2, AdminLimits.UNSENT));
        ChannelPipeline pipeline = channel.pipeline();
        endpoint.access().tls().ifPresent(contexts -> contexts.choose(
                        Optional.empty(), (InetSocketAddress) channel.localAddress())
                .whenComplete((context, failure) -> {
                    if (context == null) {
                        channel.close();
                    } else {
                        pipeline.addFirst("tls", context.newHandler(channel.alloc()));
                    }
                }));
        pipeline.addLast(
                "codec",
                new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(AdminLimits.REQUEST_LINE)
                        .setMaxHeaderSize(AdminLimits.HEADERS)));
        pipeline.addLast("body", new RequestAggregator());
        // One request at a time, however many the client has sent.
        pipeline.addLast("one-by-one", new RequestQueue());
        pipeline.addLast("deadline", new RequestDeadline());
        pipeline.addLast("admin", new AdminHandler(endpoint, routes));
    }
}
