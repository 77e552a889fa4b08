package io.ftpalg.data.leg;

import io.ftpalg.policy.DataFailure;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/**
 * Reports the events of a leg to a {@link DataLegListener}: in the loop's next turn, never from inside a call, and nothing after
 * {@link #silence}. Owned by its leg, on the session's loop.
 */
public final class LegEvents {
    private final EventLoop loop;
    private final DataLegListener listener;
    private boolean silent;

    public LegEvents(EventLoop loop, DataLegListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    public void listening(InetSocketAddress local) {
        later(() -> listener.onListening(local));
    }

    public void connected(InetSocketAddress local, InetSocketAddress remote) {
        later(() -> listener.onConnected(local, remote));
    }

    public void readable() {
        later(listener::onReadable);
    }

    void failed(DataFailure failure, String detail) {
        later(() -> listener.onFailed(failure, detail));
    }

    public void unexpectedPeer(InetSocketAddress remote) {
        later(() -> listener.onUnexpectedPeer(remote));
    }

    /** From now on the listener receives nothing, not even queued events. */
    void silence() {
        silent = true;
    }

    private void later(Runnable event) {
        if (loop.isShutdown()) {
            return;
        }
        loop.execute(() -> {
            if (!silent) {
                event.run();
            }
        });
    }
}
