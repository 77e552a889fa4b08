package io.ftpalg.policy.transfer;

/** What moved the bytes of a transfer. */
public enum DataPath {
    /** The kernel alone, by address translation: the bytes did not come to the gateway's process. */
    KERNEL,
    /** The gateway, without copying, through kernel pipes. */
    SPLICE,
    /** The gateway, by buffers: TLS, and where the system has no splice. */
    BUFFER
}
