package io.ftpalg.data.epoll;

import io.ftpalg.system.SystemCalls;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * A kernel pipe that bytes pass through without being copied; owned by one flow at a time, on one loop.
 *
 * @param in the end that is filled
 * @param out the end that is drained
 * @param capacity how many bytes it takes
 */
record Pipe(FileDescriptor in, FileDescriptor out, int capacity) {

    /** Returns a new pipe, as large as this machine allows. */
    static Pipe open() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new Pipe(ends[1], ends[0], PipeSize.enlarge(ends[1].intValue(), SystemCalls.find()));
    }

    void close() {
        closeEnd(in);
        closeEnd(out);
    }

    private static void closeEnd(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException e) {
            // The descriptor is gone whatever close returns.
        }
    }
}
