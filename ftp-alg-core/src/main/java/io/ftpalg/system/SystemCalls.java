package io.ftpalg.system;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of Linux that neither Java nor Netty has, by JNA. Thread-safe; none of them blocks.
 *
 * <p>JNA is an optional dependency: where it is missing, cannot unpack its native library, or where the system is not Linux on
 * a 64-bit processor, {@link #find} is empty and {@link #missing} has the reason. Everything works without: pipes keep the
 * kernel's size, and a Telnet Synch has no urgent data.
 */
public final class SystemCalls {
    private static final Logger logger = LoggerFactory.getLogger(SystemCalls.class);

    /** Made with the first use, and so logged once. */
    private static final class Holder {
        // Not a method reference, which would link the class before it is tried.
        private static final Attempt ATTEMPT =
                attempt(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), () -> Libc.load());
    }

    record Attempt(Optional<SystemCalls> calls, Optional<String> missing) {}

    // Linux, the same on x86_64 and aarch64
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int MSG_OOB = 0x1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private SystemCalls() {}

    /** Returns the calls, or nothing where they cannot be made; the first use loads the native library. */
    public static Optional<SystemCalls> find() {
        return Holder.ATTEMPT.calls();
    }

    /** Returns why there are none, with the remedy. */
    public static Optional<String> missing() {
        return Holder.ATTEMPT.missing();
    }

    static Attempt attempt(String system, String processor, Runnable load) {
        if (!system.equals("Linux") || !processor.endsWith("64")) {
            return without("they are known for Linux on 64-bit processors only");
        }
        try {
            load.run();
            return new Attempt(Optional.of(new SystemCalls()), Optional.empty());
        } catch (NoClassDefFoundError e) {
            return without("JNA is missing, or a part of it: " + e.getMessage()
                    + " (add net.java.dev.jna:jna to the class path)");
        } catch (LinkageError e) {
            return without("JNA cannot load its native library: " + e.getMessage()
                    + " (name a directory where it may write and run it: -Djna.tmpdir=DIR)");
        }
    }

    private static Attempt without(String reason) {
        logger.info("system calls missing, pipes stay small and ABOR has no urgent data: {}", reason);
        return new Attempt(Optional.empty(), Optional.of(reason));
    }

    /**
     * Sets the size of a pipe, and returns the one that it has now; fcntl(2), F_SETPIPE_SZ.
     *
     * @param pipe the descriptor of one of its ends
     * @throws IOException if it is no pipe
     */
    public int setPipeSize(int pipe, int bytes) throws IOException {
        try {
            return Libc.call("fcntl", () -> Libc.fcntl(pipe, F_SETPIPE_SZ, bytes));
        } catch (IOException refused) {
            // EPERM above pipe-max-size, or where the user has too many pages in pipes: then new ones are tiny.
            return Libc.call("fcntl", () -> Libc.fcntl(pipe, F_GETPIPE_SZ, 0));
        }
    }

    /**
     * Sets a descriptor not to block; fcntl(2), O_NONBLOCK.
     *
     * @throws IOException if it is not open
     */
    public void doNotBlock(int descriptor) throws IOException {
        int flags = Libc.call("fcntl", () -> Libc.fcntl(descriptor, F_GETFL, 0));
        if ((flags & O_NONBLOCK) == 0) {
            Libc.call("fcntl", () -> Libc.fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
        }
    }

    /**
     * Sends one byte as TCP urgent data; send(2), MSG_OOB.
     *
     * @param socket the descriptor, which does not block
     * @throws IOException if the socket does not take it, also when its buffer is full
     */
    public void sendUrgent(int socket, int octet) throws IOException {
        byte[] bytes = {(byte) octet};
        Libc.call("send", () -> Libc.send(socket, bytes, 1, MSG_OOB | MSG_NOSIGNAL));
    }

    /**
     * Returns the descriptor of a new socket for this netlink protocol, in the network namespace of the calling thread, which
     * does not block; socket(2), netlink(7). The caller closes it.
     */
    public int netlinkSocket(int protocol) throws IOException {
        return Libc.call("socket", () -> Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
    }
}
