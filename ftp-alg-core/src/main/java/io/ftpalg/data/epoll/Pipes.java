package io.ftpalg.data.epoll;

import io.netty.channel.epoll.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps empty pipes of one event loop for the next transfer: making one costs more than a small file. On that loop only. */
public final class Pipes {
    private static final int KEPT = 64;
    private static final int SCRAP = 16 << 10;

    /** Moves bytes between a socket and a pipe: splice(2), whose -EAGAIN is 0. */
    @FunctionalInterface
    interface Splice {
        int move(int from, int to, int length) throws IOException;
    }

    private final Splice splice;
    private final Deque<Pipe> idle = new ArrayDeque<>();
    private final ByteBuffer scrap = ByteBuffer.allocateDirect(SCRAP);
    private boolean closed;

    public Pipes() {
        this((from, to, length) -> Native.splice(from, -1, to, -1, length));
    }

    Pipes(Splice splice) {
        this.splice = splice;
    }

    Splice splice() {
        return splice;
    }

    /** Returns the sink of discarded bytes. */
    ByteBuffer scrap() {
        return scrap;
    }

    /** Returns an empty pipe. */
    Pipe take() throws IOException {
        Pipe pipe = idle.poll();
        return pipe == null ? Pipe.open() : pipe;
    }

    /** Takes a pipe back; one that still holds bytes must never meet another transfer. */
    void giveBack(Pipe pipe, boolean empty) {
        if (empty && !closed && idle.size() < KEPT) {
            idle.push(pipe);
        } else {
            pipe.close();
        }
    }

    /** Returns how many pipes wait. */
    int idle() {
        return idle.size();
    }

    /** Closes the pipes that wait, and those that are returned. */
    public void close() {
        closed = true;
        idle.forEach(Pipe::close);
        idle.clear();
    }
}
