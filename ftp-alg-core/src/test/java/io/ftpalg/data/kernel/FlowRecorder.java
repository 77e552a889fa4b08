package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records what a flow reports, in order. */
final class FlowRecorder implements FlowListener {
    private static final long TIMEOUT_SECONDS = 10;

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    record Ready() {}

    record Unavailable(String reason) {}

    record Connected(InetSocketAddress peer) {}

    record Fallback(String reason) {}

    @Override
    public void onReady() {
        events.add(new Ready());
    }

    @Override
    public void onUnavailable(String reason) {
        events.add(new Unavailable(reason));
    }

    @Override
    public void onConnected(InetSocketAddress peer) {
        events.add(new Connected(peer));
    }

    @Override
    public void onFallback(String reason) {
        events.add(new Fallback(reason));
    }

    @Override
    public void onEnded(FlowEnd end) {
        events.add(end);
    }

    /** Returns the next event, which must be of this type. */
    <T> T next(Class<T> type) throws InterruptedException {
        Object event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    /** Returns whether there is no event. */
    boolean isEmpty() {
        return events.isEmpty();
    }
}
