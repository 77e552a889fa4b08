package io.ftpalg.data.leg;

import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;

/**
 * The kinds of Netty channels that fit the event loops of this gateway: epoll, io_uring, kqueue or NIO.
 *
 * @param sockets makes the data connections that the gateway dials
 * @param listeners makes the listening sockets of the others; their connections are of the matching kind
 */
public record DataTransport(
        ChannelFactory<? extends SocketChannel> sockets, ChannelFactory<? extends ServerSocketChannel> listeners) {}
