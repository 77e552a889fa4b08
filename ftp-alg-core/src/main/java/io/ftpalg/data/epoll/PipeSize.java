package io.ftpalg.data.epoll;

/**
 * How large a pipe is. Setting the size takes a system call that Java before 22 has no way to make: this class leaves the
 * kernel's size, and the one in its place on Java 22 and later (multi-release jar) asks for more.
 */
final class PipeSize {
    /** What the kernel gives a pipe (Linux since 2.6.11). */
    static final int DEFAULT = 64 << 10;

    private PipeSize() {}

    /** Makes the pipe as large as it may be, and returns how many bytes it takes. */
    static int enlarge(int descriptor) {
        return DEFAULT;
    }
}
