package io.ftpalg.control.http;

import io.ftpalg.control.net.InProcessChannel;
import io.ftpalg.http.HttpConversation;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of a request on to the session's data connection: held until that is there, which is no more than one read brings;
 * then read as fast as the server takes it. A body that ends early, or is malformed, resets the data connection, so that it never
 * passes for a whole file. Behind the decoder of one connection, on its loop.
 */
public final class UploadPump extends ChannelInboundHandlerAdapter {
    private static final int LARGEST_READ = 64 << 10;

    private final Queue<HttpContent> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext http;
    private @Nullable InProcessChannel data;
    private @Nullable HttpConversation conversation;
    private int writing;
    private boolean whole;
    private boolean over;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        http = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over || !(message instanceof HttpContent content)) {
            ReferenceCountUtil.release(message);
        } else if (data == null) {
            held.add(content);
        } else {
            pass(ctx, data, content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (data == null || over) {
            ctx.fireChannelReadComplete();
            return;
        }
        data.flush();
        pull(ctx);
    }

    /** The data connection is there. */
    void start(InProcessChannel connection, HttpConversation uploading) {
        ChannelHandlerContext ctx = http;
        if (ctx == null || over) {
            connection.abort();
            return;
        }
        data = connection;
        conversation = uploading;
        ctx.channel().config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST_READ));
        for (HttpContent content = held.poll(); content != null && !over; content = held.poll()) {
            pass(ctx, connection, content);
        }
        connection.flush();
        pull(ctx);
    }

    private void pass(ChannelHandlerContext ctx, InProcessChannel to, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            fail();
            return;
        }
        whole |= content instanceof LastHttpContent;
        writing++;
        to.write(content.content()).addListener((ChannelFuture done) -> wrote(ctx, to, done));
    }

    private void wrote(ChannelHandlerContext ctx, InProcessChannel to, ChannelFuture done) {
        writing--;
        if (over) {
            return;
        }
        if (!done.isSuccess()) {
            // The session reports why.
            stop();
        } else if (whole && writing == 0) {
            over = true;
            if (conversation != null) {
                conversation.onUploaded();
            }
            to.shutdownOutput();
        } else {
            pull(ctx);
        }
    }

    private void pull(ChannelHandlerContext ctx) {
        if (!over && !whole && writing == 0) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !whole) {
            fail();
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!whole) {
            fail();
        } else {
            stop();
        }
        ctx.fireChannelInactive();
    }

    /** What was sent is not the whole. */
    private void fail() {
        stop();
        if (data != null) {
            data.abort();
        }
        if (http != null) {
            http.close();
        }
    }

    /** Nothing more is passed on. */
    void stop() {
        over = true;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
