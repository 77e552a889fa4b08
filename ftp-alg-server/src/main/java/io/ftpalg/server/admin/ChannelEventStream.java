package io.ftpalg.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An event stream on its channel. {@link #start} and {@link #onWritabilityChanged} on the channel's event loop. */
final class ChannelEventStream implements EventStream {
    private final Channel channel;
    private volatile Runnable whenWritable = () -> {};
    private @Nullable Future<?> unread;

    ChannelEventStream(Channel channel) {
        this.channel = channel;
    }

    /** Begins to send a comment now and then, by which both ends notice that the other one is gone. */
    void start() {
        long period = AdminLimits.KEEP_ALIVE.toMillis();
        Future<?> comments =
                channel.eventLoop().scheduleAtFixedRate(() -> write(":\n\n"), period, period, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            comments.cancel(false);
            readAgain();
        });
    }

    /** A client that does not read what was sent is closed after a while. */
    void onWritabilityChanged(boolean writable) {
        readAgain();
        if (writable) {
            whenWritable.run();
        } else if (channel.isActive()) {
            unread = channel.eventLoop()
                    .schedule(() -> channel.close(), AdminLimits.WRITE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void readAgain() {
        if (unread != null) {
            unread.cancel(false);
            unread = null;
        }
    }

    @Override
    public boolean send(String name, String data) {
        if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("the name of an event has no line ends");
        }
        StringBuilder text = new StringBuilder("event: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data:\n");
        }
        return write(text.append('\n').toString());
    }

    private boolean write(String text) {
        if (!isWritable()) {
            return false;
        }
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        channel.writeAndFlush(new DefaultHttpContent(bytes));
        return true;
    }

    @Override
    public boolean isWritable() {
        return channel.isActive() && channel.isWritable();
    }

    @Override
    public void onWritable(Runnable callback) {
        whenWritable = callback;
    }

    @Override
    public void onClosed(Runnable callback) {
        channel.closeFuture().addListener(closed -> callback.run());
    }

    @Override
    public void close() {
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
    }
}
