package io.ftpalg.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The C library's functions as JNA maps them directly: without a proxy, and with the types of a 64-bit system. A result of -1
 * is an exception with errno.
 */
final class Libc {
    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /** Has the class initialized, which loads what it needs or fails with a {@link LinkageError}. */
    static void load() {}

    /** Makes a call, whose failure has its name and errno. The only place that knows the exception of JNA, which may be missing. */
    static <T> T call(String name, Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (LastErrorException e) {
            throw new IOException(name + "(2) failed: " + e.getMessage(), e);
        }
    }

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native long send(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

    static native int socket(int family, int type, int protocol) throws LastErrorException;
}
