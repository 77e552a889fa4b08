package io.ftpalg.data.epoll;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * How large a pipe is, on Java 22 and later: 1 MiB where the system allows it, by fcntl(2). Where native access is not
 * enabled for this library it keeps the kernel's size and makes no noise.
 */
final class PipeSize {
    /** What the kernel gives a pipe (Linux since 2.6.11). */
    static final int DEFAULT = 64 << 10;

    private static final int WANTED = 1 << 20;
    private static final int F_SETPIPE_SZ = 1031;
    private static final @Nullable MethodHandle FCNTL = fcntl();

    private PipeSize() {}

    /** Makes the pipe as large as it may be, and returns how many bytes it takes. */
    static int enlarge(int descriptor) {
        if (FCNTL == null) {
            return DEFAULT;
        }
        try {
            int size = (int) FCNTL.invokeExact(descriptor, F_SETPIPE_SZ, WANTED);
            return size > 0 ? size : DEFAULT;
        } catch (Throwable e) {
            throw new IllegalStateException("fcntl cannot be called", e);
        }
    }

    @SuppressWarnings("restricted") // asked for only where native access is enabled
    private static @Nullable MethodHandle fcntl() {
        if (!PipeSize.class.getModule().isNativeAccessEnabled()) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("fcntl")
                .map(address -> linker.downcallHandle(address, signature, Linker.Option.firstVariadicArg(2)))
                .orElse(null);
    }
}
