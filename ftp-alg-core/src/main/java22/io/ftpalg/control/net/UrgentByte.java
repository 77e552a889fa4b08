package io.ftpalg.control.net;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Sends a byte as TCP urgent data on a descriptor, on Java 22 and later, by send(2); where native access is enabled. */
public final class UrgentByte {
    private static final int MSG_OOB = 1;
    private static final @Nullable MethodHandle SEND = send();

    private UrgentByte() {}

    /** Returns whether this Java can. */
    public static boolean works() {
        return SEND != null;
    }

    /** Sends the byte; false if this Java cannot, or the socket does not take it. */
    static boolean send(int descriptor, int octet) {
        if (SEND == null) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(1);
            buffer.set(ValueLayout.JAVA_BYTE, 0, (byte) octet);
            return (long) SEND.invokeExact(descriptor, buffer, 1L, MSG_OOB) == 1;
        } catch (Throwable e) {
            throw new IllegalStateException("send cannot be called", e);
        }
    }

    @SuppressWarnings("restricted") // asked for only where native access is enabled
    private static @Nullable MethodHandle send() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        if (!linux || !UrgentByte.class.getModule().isNativeAccessEnabled()) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("send")
                .map(address -> linker.downcallHandle(address, signature))
                .orElse(null);
    }
}
