package io.ftpalg.control.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A control connection on NIO that receives urgent data in its stream and can send it. Netty has no option for either, and
 * drops the urgent byte of an ABOR where it is not asked for in line.
 */
public final class UrgentNioSocketChannel extends NioSocketChannel {
    /**
     * Asks for urgent data in the stream of a NIO channel that is not of this class. The JDK's channels have that option, though
     * no constant of its API names it; where one has not, the urgent byte of an ABOR is lost.
     */
    static final Optional<ChannelOption<Boolean>> INLINE = inlineOption();

    /** Makes a socket that is not connected. */
    UrgentNioSocketChannel() {
        inline(javaChannel());
    }

    /** Takes an accepted socket. */
    UrgentNioSocketChannel(@Nullable Channel parent, SocketChannel socket) {
        super(parent, socket);
        inline(socket);
    }

    /** Sends one byte as TCP urgent data, right now: what was written before must be flushed. */
    public void sendUrgent(int octet) throws IOException {
        javaChannel().socket().sendUrgentData(octet);
    }

    private static void inline(SocketChannel socket) {
        try {
            socket.socket().setOOBInline(true);
        } catch (SocketException e) {
            // The peer is gone already; the first read reports it.
        }
    }

    private static Optional<ChannelOption<Boolean>> inlineOption() {
        try (SocketChannel any = SocketChannel.open()) {
            return any.supportedOptions().stream()
                    .filter(option -> option.name().equals("SO_OOBINLINE") && option.type() == Boolean.class)
                    .map(UrgentNioSocketChannel::ofBoolean)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // its type was looked at
    private static ChannelOption<Boolean> ofBoolean(SocketOption<?> option) {
        return NioChannelOption.of((SocketOption<Boolean>) option);
    }
}
