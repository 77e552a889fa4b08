package io.ftpalg.data.netlink;

import java.io.IOException;

/** The kernel's refusal of a request, or an answer that is none. */
public final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The number of an answer that is malformed or missing. */
    public static final int NO_ANSWER = 0;

    private final int number;

    NetlinkException(int number, String message) {
        super(message);
        this.number = number;
    }

    /** Returns what errno(3) would be, one of {@link Errno}, or {@link #NO_ANSWER}. */
    public int number() {
        return number;
    }
}
