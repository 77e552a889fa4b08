package io.ftpalg.policy;

/** The system interface that sockets are driven by. */
public enum TransportType {
    /** The best that this machine has: epoll on Linux, kqueue on macOS and BSD, else NIO. */
    AUTO,
    /** Linux epoll. */
    EPOLL,
    /**
     * Linux io_uring; never chosen by itself. Known limit: a data connection that its sender resets may be noticed only
     * after the stall timeout.
     */
    IO_URING,
    /** kqueue of macOS and BSD. */
    KQUEUE,
    /** The JDK's selector: everywhere. */
    NIO
}
