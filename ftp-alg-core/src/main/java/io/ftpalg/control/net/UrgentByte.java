package io.ftpalg.control.net;

/**
 * Sends a byte as TCP urgent data on a descriptor. Netty has no call for it, and Java before 22 no other way to the system:
 * this class cannot, and the one in its place on Java 22 and later (multi-release jar) can.
 */
public final class UrgentByte {

    private UrgentByte() {}

    /** Returns whether this Java can. */
    public static boolean works() {
        return false;
    }

    /** Sends the byte; false if this Java cannot, or the socket does not take it. */
    public static boolean send(int descriptor, int octet) {
        return false;
    }
}
