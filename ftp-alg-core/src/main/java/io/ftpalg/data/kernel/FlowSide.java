package io.ftpalg.data.kernel;

/** An end of a connection in the kernel. */
enum FlowSide {
    /** The one that connected. */
    PEER,
    /** The one that it was sent to. */
    TARGET;

    FlowSide other() {
        return this == PEER ? TARGET : PEER;
    }
}
