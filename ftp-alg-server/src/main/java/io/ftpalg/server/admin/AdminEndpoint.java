package io.ftpalg.server.admin;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;

/** One address or socket that is listened on, and the connections to it. All but {@link #access} on the admin server's event loop. */
final class AdminEndpoint {
    private final ChannelGroup connections;
    private volatile AdminAccess access;
    private final WrongTokens wrongTokens = new WrongTokens();
    private int streams;

    AdminEndpoint(EventExecutor loop, AdminAccess access) {
        this.connections = new DefaultChannelGroup(loop);
        this.access = access;
    }

    /** Counts a connection in, until it closes; returns whether there is room for it. */
    boolean admit(Channel connection) {
        return connections.size() < AdminLimits.CONNECTIONS && connections.add(connection);
    }

    /** Counts an event stream in, until its connection closes; returns whether there is room for it. */
    boolean admitStream(Channel connection) {
        if (streams >= AdminLimits.STREAMS) {
            return false;
        }
        streams++;
        connection.closeFuture().addListener(closed -> streams--);
        return true;
    }

    /** Returns what decides which wrong tokens are logged. */
    WrongTokens wrongTokens() {
        return wrongTokens;
    }

    AdminAccess access() {
        return access;
    }

    /** Replaces who may ask; who is connected may ask by what held before, and so is disconnected. */
    void access(AdminAccess next) {
        access = next;
        connections.close();
    }

    void close() {
        connections.close();
    }
}
