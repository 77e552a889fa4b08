package io.ftpalg.data.kernel;

import java.util.function.Consumer;

/**
 * One {@link FlowRequest} in the kernel, as its owner sees it. May be called on any thread; never blocks. Calls after the end do
 * nothing.
 */
public interface KernelFlow {
    /**
     * Deletes the elements, as no connection is wanted any more. If a connection was faster it is cut, which
     * {@link FlowListener#onEnded} reports; otherwise nothing is reported any more. The owner must call this when it closes the
     * listening socket and nothing connected.
     */
    void remove();

    /**
     * Deletes the elements, and cuts the connection: the next packet of either side is answered with RST. {@link FlowListener#onEnded}
     * follows, also where nobody had connected.
     */
    void cut();

    /**
     * Reads the counters now, for a stall timeout or STAT. The answer arrives on the loop of the {@link FlowListener}; none comes where
     * there is no connection.
     */
    void poll(Consumer<FlowProgress> now);
}
