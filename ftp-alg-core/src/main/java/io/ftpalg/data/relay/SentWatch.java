package io.ftpalg.data.relay;

import io.ftpalg.data.relay.RelayFlow.Arrival;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an upload whose client is gone, unless all of it was sent: the client's FIN has arrived, or arrives in a moment (a
 * client closes one connection before the other). Owned by a relay, on its loop.
 *
 * <p>Where the system does not report whether FIN has arrived (NIO), reading on does: a read that brings nothing for a moment
 * proves that nothing more is there. What was sent after the client was gone is limited by the size of a socket's buffer, so
 * that a client which sends on for ever is cut too.
 */
final class SentWatch {
    /** The moment, in milliseconds. */
    static final long MOMENT = 500;
    /** More than a socket's buffer holds. */
    static final long MOST_BYTES = 64L << 20;

    private final EventLoop loop;
    private final RelayFlow upload;
    private final Runnable cut;
    private final long writtenBefore;
    private @Nullable Future<?> looking;

    SentWatch(EventLoop loop, RelayFlow upload, Runnable cut) {
        this.loop = loop;
        this.upload = upload;
        this.cut = cut;
        this.writtenBefore = upload.written();
        if (upload.end() != Arrival.ARRIVED) {
            lookLater();
        }
    }

    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    private void lookLater() {
        long last = upload.movement();
        looking = loop.schedule(() -> look(last), MOMENT, TimeUnit.MILLISECONDS);
    }

    private void look(long last) {
        switch (upload.end()) {
            case ARRIVED -> {}
            case MISSING -> cut.run();
            case UNKNOWN -> {
                boolean nothingMore = upload.reading() && upload.movement() == last;
                if (nothingMore || upload.written() - writtenBefore > MOST_BYTES) {
                    cut.run();
                } else {
                    lookLater();
                }
            }
        }
    }
}
