package io.ftpalg.data.epoll;

import io.netty.channel.epoll.EpollIoHandle;

/** A handle whose events may wait until those of all others are handled. */
interface BulkHandle extends EpollIoHandle {

    /** Returns whether what is ready now is the data of a transfer, of which there may be much. */
    boolean isBulk();

    @Override
    void close();
}
