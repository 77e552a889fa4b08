package io.ftpalg.server.admin;

import io.ftpalg.server.files.SocketFile;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A listening socket of the admin server with its endpoint. Opened and closed by the thread that owns the server. */
final class AdminSocket implements AutoCloseable {
    private final Channel channel;
    private final AdminEndpoint endpoint;
    private final Optional<SocketFile> file;

    private AdminSocket(Channel channel, AdminEndpoint endpoint, Optional<SocketFile> file) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.file = file;
    }

    /** Opens it, and waits until it is open. */
    static AdminSocket open(EventLoopGroup loop, SocketAddress address, AdminAccess access, AdminRoutes routes)
            throws AdminException, InterruptedException {
        AdminEndpoint endpoint = new AdminEndpoint(loop.next(), access);
        try {
            return address instanceof UnixDomainSocketAddress unix
                    ? open(loop, unix.getPath(), endpoint, routes)
                    : new AdminSocket(bind(loop, address, endpoint, routes), endpoint, Optional.empty());
        } catch (IOException e) {
            String name = address instanceof InetSocketAddress inet
                    ? NetUtil.toSocketAddressString(inet)
                    : address.toString();
            throw new AdminException("cannot open admin " + name + ": " + e.getMessage(), e);
        }
    }

    private static AdminSocket open(EventLoopGroup loop, Path path, AdminEndpoint endpoint, AdminRoutes routes)
            throws IOException, InterruptedException {
        SocketFile file = SocketFile.prepare(path);
        try {
            Channel channel = bind(loop, file.bindAddress(), endpoint, routes);
            AdminSocket socket = new AdminSocket(channel, endpoint, Optional.of(file));
            try {
                file.publish(isForGroup(endpoint.access()));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException | InterruptedException e) {
            file.remove();
            throw e;
        }
    }

    private static boolean isForGroup(AdminAccess access) {
        return access.place() == AdminAccess.Place.GROUP_SOCKET;
    }

    private static Channel bind(EventLoopGroup loop, SocketAddress address, AdminEndpoint endpoint, AdminRoutes routes)
            throws IOException, InterruptedException {
        Class<? extends ServerChannel> type = address instanceof UnixDomainSocketAddress
                ? NioServerDomainSocketChannel.class
                : NioServerSocketChannel.class;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(type)
                .childHandler(new AdminPipelines(endpoint, routes))
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException io ? io : new IOException(bound.cause());
        }
        return bound.channel();
    }

    /** Returns the address, with the port that the system picked, or the path. */
    SocketAddress address() {
        return file.<SocketAddress>map(SocketFile::address).orElseGet(channel::localAddress);
    }

    /** Replaces who may ask here. */
    void access(AdminAccess next) {
        if (!endpoint.access().equals(next)) {
            file.ifPresent(socket -> socket.mode(isForGroup(next)));
            endpoint.access(next);
        }
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        endpoint.close();
        file.ifPresent(SocketFile::remove);
    }
}
