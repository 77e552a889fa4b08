package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The requests of a client that wait for their turn; bounded by pausing the client, never by dropping. */
final class CommandQueue {
    private final int maxRequests;
    private final int maxBytes;
    private final Deque<FtpRequest> waiting = new ArrayDeque<>(2);
    private int bytes;

    CommandQueue(int maxRequests, int maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    void add(FtpRequest request) {
        waiting.add(request);
        bytes += request.size();
    }

    @Nullable FtpRequest poll() {
        FtpRequest next = waiting.poll();
        if (next != null) {
            bytes -= next.size();
        }
        return next;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isFull() {
        return waiting.size() >= maxRequests || bytes >= maxBytes;
    }

    /** Tells whether a command of this verb waits. */
    boolean contains(FtpVerb verb) {
        return waiting.stream().anyMatch(r -> r instanceof FtpCommand c && c.verb() == verb);
    }

    void clear() {
        waiting.clear();
        bytes = 0;
    }
}
