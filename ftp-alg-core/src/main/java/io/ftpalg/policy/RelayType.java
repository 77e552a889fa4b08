package io.ftpalg.policy;

/** How the bytes of data connections are moved. */
public enum RelayType {
    /** Without copying where that is possible, by buffers elsewhere. */
    AUTO,
    /** Without copying, through kernel pipes; needs Linux epoll. */
    SPLICE,
    /** By buffers. */
    BUFFER
}
