package io.ftpalg.control.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a control connection so that the peer can read the last reply: flush, end our direction, let the peer end its own,
 * close after a grace. A plain close with input unread makes the kernel send RST, which discards what the peer has not read.
 */
public final class LingeringClose {

    private LingeringClose() {}

    /** Starts the close; input must still be read and dropped meanwhile. Does nothing to a closed channel. */
    public static void of(SocketChannel channel, Duration grace) {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        channel.config().setAutoRead(true);
        holdUntilOurEnd(channel);
        channel.flush();
        closeLater(channel, grace);
        // A peer that closes with its last line is noticed in this turn; nothing is left to shut down after that.
        channel.eventLoop().execute(() -> endOutput(channel));
    }

    /** What is flushed now leaves in one packet with our end behind it. */
    private static void holdUntilOurEnd(SocketChannel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (channel instanceof EpollSocketChannel epoll && waiting != null && waiting.totalPendingWriteBytes() > 0) {
            try {
                epoll.config().setTcpCork(true);
            } catch (ChannelException e) {
                // The peer reset it in the meantime, which the flush finds.
            }
        }
    }

    private static void endOutput(SocketChannel channel) {
        if (!channel.isActive()) {
            return;
        }
        flush(channel).addListener((ChannelFutureListener) flushed -> {
            if (!flushed.isSuccess() || channel.isInputShutdown()) {
                channel.close();
            } else {
                // The peer's end is the end now: Netty closes on it.
                channel.config().setAllowHalfClosure(false);
                shutdownOutput(channel);
            }
        });
    }

    /** Under TLS our end is close_notify, behind all that was written. */
    private static ChannelFuture flush(SocketChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        }
        return tls.closeOutbound();
    }

    /** Netty's own way makes an exception for the writes that will fail, each time; none follows here. */
    private static void shutdownOutput(SocketChannel channel) {
        if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            try {
                socket.shutdown(false, true);
            } catch (IOException | NotYetConnectedException e) {
                // The peer reset it in the meantime, which is reported as "not yet connected".
                channel.close();
            }
        } else {
            channel.shutdownOutput();
        }
    }

    private static void closeLater(Channel channel, Duration grace) {
        var timeout = channel.eventLoop().schedule(() -> channel.close(), grace.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> timeout.cancel(false));
    }
}
