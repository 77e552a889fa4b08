package io.ftpalg.violations.data;

import java.io.IOException;

/** Data uses session, has a synchronized method, and splices as Netty does. */
@SuppressWarnings("deprecation") // a violation on purpose
public abstract class Violation {
    /** Makes a cycle. */
    public abstract io.ftpalg.violations.session.Violation session();

    /** Locks. */
    public synchronized void splice(io.netty.channel.epoll.EpollSocketChannel channel) throws IOException {
        channel.spliceTo(channel, 1).cancel(false);
    }
}
