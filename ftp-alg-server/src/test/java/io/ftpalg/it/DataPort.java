package io.ftpalg.it;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A data port that was agreed: ours, or the other side's. Not thread-safe; closing it leaves the connection open. */
final class DataPort implements Closeable {
    private final @Nullable InetSocketAddress theirs;
    private final @Nullable InetAddress from;
    private final @Nullable ServerSocket ours;
    private @Nullable Socket connection;

    private DataPort(@Nullable InetSocketAddress theirs, @Nullable InetAddress from, @Nullable ServerSocket ours) {
        this.theirs = theirs;
        this.from = from;
        this.ours = ours;
    }

    /** Returns the port of the other side, to connect to from this address. */
    static DataPort passive(InetSocketAddress theirs, InetAddress from) {
        return new DataPort(theirs, from, null);
    }

    static DataPort active(ServerSocket ours) {
        return new DataPort(null, null, ours);
    }

    /** Returns where the other side listens. */
    InetSocketAddress address() {
        return requireNonNull(theirs, "we listen");
    }

    /** Connects, if it is for us to connect. */
    void connect() throws IOException {
        if (theirs != null) {
            connection = connectFrom(theirs, from);
        }
    }

    /** Returns the connection: accepts it, if it is for us to accept. */
    Socket accept() throws IOException {
        if (ours != null) {
            ours.setSoTimeout(RawFtp.TIMEOUT_MILLIS);
            connection = ours.accept();
            connection.setSoTimeout(RawFtp.TIMEOUT_MILLIS);
        }
        return requireNonNull(connection, "not connected");
    }

    /** Connects from this address, or any. */
    static Socket connectFrom(InetSocketAddress to, @Nullable InetAddress from) throws IOException {
        Socket socket = new Socket();
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(to, RawFtp.TIMEOUT_MILLIS);
        socket.setSoTimeout(RawFtp.TIMEOUT_MILLIS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        if (ours != null) {
            ours.close();
        }
    }
}
