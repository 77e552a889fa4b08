package io.ftpalg.session.base;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client that wait for their dispatch; bounded by pausing the client, never by dropping. Owned by the
 * session's {@code CommandDispatcher}.
 *
 * <p>Equal NOOPs in a row are one entry with a count: clients send them as keep-alives through a long transfer and expect one
 * reply each behind it.
 */
public final class CommandQueue {
    /** About what an entry takes besides its text. */
    private static final int ENTRY_BYTES = 64;

    private final int maxRequests;
    private final int maxBytes;
    private final Deque<Entry> waiting = new ArrayDeque<>(2);
    private int requests;
    private int bytes;

    public CommandQueue(int maxRequests, int maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    public void add(FtpRequest request) {
        requests++;
        Entry last = waiting.peekLast();
        if (last != null && last.repeats(request)) {
            last.times++;
            bytes++;
        } else {
            waiting.add(new Entry(request));
            bytes += request.size();
        }
    }

    @Nullable
    public FtpRequest poll() {
        Entry next = waiting.peek();
        if (next == null) {
            return null;
        }
        requests--;
        if (--next.times == 0) {
            waiting.remove();
            bytes -= next.request.size();
        } else {
            bytes--;
        }
        return next.request;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Returns whether the client is to be paused. During a transfer only memory counts: ABOR, STAT, QUIT and the end of the
     * connection must be received behind however many commands.
     */
    public boolean isFull(boolean duringTransfer) {
        return duringTransfer ? held() >= maxBytes : requests >= maxRequests || bytes >= maxBytes;
    }

    /** Returns about how many bytes of memory it takes. */
    public int held() {
        return bytes + ENTRY_BYTES * waiting.size();
    }

    /** Returns whether a command of this verb waits. */
    public boolean contains(FtpVerb verb) {
        return waiting.stream().anyMatch(entry -> entry.request instanceof FtpCommand c && c.verb() == verb);
    }

    public void clear() {
        waiting.clear();
        requests = 0;
        bytes = 0;
    }

    /** A request, and how often it was sent in a row. */
    private static final class Entry {
        private final FtpRequest request;
        private int times = 1;

        Entry(FtpRequest request) {
            this.request = request;
        }

        boolean repeats(FtpRequest next) {
            return next instanceof FtpCommand command && command.verb() == FtpVerb.NOOP && request.equals(next);
        }
    }
}
