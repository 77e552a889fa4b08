package io.ftpalg.policy;

/** How the bytes of data connections are moved. */
public enum RelayType {
    /** Without copying where that is possible, by buffers elsewhere. */
    AUTO,
    /** Without copying, through kernel pipes; needs Linux epoll. */
    SPLICE,
    /** By buffers. */
    BUFFER,
    /**
     * By the kernel alone, where a connection in the clear can be passed on by translating its addresses, and as {@link #AUTO} elsewhere. It
     * changes the host: a table of nftables, and connection tracking; needs Linux epoll, the capability CAP_NET_ADMIN, and a host that
     * forwards packets.
     */
    KERNEL
}
