package io.ftpalg.data.epoll;

import io.ftpalg.system.SystemCalls;
import java.io.IOException;
import java.util.Optional;

/** How large a pipe is: 1 MiB where the system allows it, which takes fewer turns of the loop than the kernel's 64 KiB. */
final class PipeSize {
    /** What the kernel gives a pipe (Linux since 2.6.11). */
    static final int DEFAULT = 64 << 10;

    private static final int WANTED = 1 << 20;

    private PipeSize() {}

    /** Makes the pipe as large as it may be, and returns how many bytes it takes. */
    static int enlarge(int descriptor, Optional<SystemCalls> calls) {
        if (calls.isEmpty()) {
            return DEFAULT;
        }
        try {
            return calls.get().setPipeSize(descriptor, WANTED);
        } catch (IOException e) {
            return DEFAULT;
        }
    }
}
