package io.ftpalg.server.inspect.icap;

import io.netty.buffer.ByteBuf;

/** Receives the replies on a connection, on its event loop. */
interface IcapReplies {

    void onHead(IcapHead head, Encapsulated follows);

    default void onHttp(Encapsulated.Kind kind, String startLine) {}

    default void onBody(ByteBuf piece) {}

    /** The reply is over. */
    void onEnd();

    /** The connection is closed: there will be no reply, or it was wrong. The reason completes "the service ...". */
    void onFailure(String reason);
}
