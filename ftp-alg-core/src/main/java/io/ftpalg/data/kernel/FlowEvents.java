package io.ftpalg.data.kernel;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Passes the results of a request from the plane's loop to that of its session.
 *
 * @param loop the session's
 * @param listener called there
 */
record FlowEvents(EventLoop loop, FlowListener listener) {

    void ready() {
        post(listener::onReady);
    }

    void unavailable(String reason) {
        post(() -> listener.onUnavailable(reason));
    }

    void connected(InetSocketAddress peer) {
        post(() -> listener.onConnected(peer));
    }

    void fallback(String reason) {
        post(() -> listener.onFallback(reason));
    }

    void ended(FlowEnd end) {
        post(() -> listener.onEnded(end));
    }

    void progress(Consumer<FlowProgress> receiver, FlowProgress progress) {
        post(() -> receiver.accept(progress));
    }

    private void post(Runnable event) {
        try {
            loop.execute(event);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and its sessions with it.
        }
    }
}
