package io.ftpalg.server.settings;

/** What carries data that the gateway need not see. */
public enum DataPlane {
    /** The gateway. */
    RELAY,
    /** The kernel, by translating addresses. */
    KERNEL
}
