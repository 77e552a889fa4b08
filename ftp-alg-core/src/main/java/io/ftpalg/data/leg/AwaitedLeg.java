package io.ftpalg.data.leg;

import io.ftpalg.policy.DataFailure;
import io.netty.channel.socket.SocketChannel;

/** A data connection that is accepted elsewhere, and brought by its owner, on the session's loop. */
public interface AwaitedLeg extends DataLeg {
    /** It was accepted, set up for data, and is on this loop; it is cut if it is wanted no more. */
    void arrived(SocketChannel connection);

    /** There will be none. */
    void failed(DataFailure failure, String detail);
}
