package io.ftpalg.session.base;

import io.ftpalg.protocol.ReplyLine;
import org.jspecify.annotations.Nullable;

/** The command in flight, as far as the server's side of the session needs it. */
public interface PendingCommand {

    /** Where the command in flight is found. */
    interface Source {
        /** Returns the command in flight, or null if there is none. */
        @Nullable
        PendingCommand pending();
    }

    /** Returns whether the server was asked something: if not, its replies belong to no command. */
    boolean expectsReply();

    /** Takes a line of the server. */
    void hear(ReplyLine line);

    /** Returns whether a data connection is in use. */
    boolean transfers();

    /** The server's control connection is gone; returns whether this command does not need it any more. */
    boolean onServerClosed();

    /** The server's control connection failed at TLS; it is of no more use. */
    void onServerTlsFailed(String reason);
}
