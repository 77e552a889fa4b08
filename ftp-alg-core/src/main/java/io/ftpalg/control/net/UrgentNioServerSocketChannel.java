package io.ftpalg.control.net;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A listening socket on NIO whose connections are {@link UrgentNioSocketChannel}s. */
final class UrgentNioServerSocketChannel extends NioServerSocketChannel {

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        accepted.add(new UrgentNioSocketChannel(this, socket));
        return 1;
    }
}
