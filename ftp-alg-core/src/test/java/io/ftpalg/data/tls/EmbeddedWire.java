package io.ftpalg.data.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;

/** Carries bytes between two channels without sockets. */
final class EmbeddedWire {
    private EmbeddedWire() {}

    /** Lets a channel receive all that another has to send now. */
    static boolean passAll(EmbeddedChannel from, EmbeddedChannel to) {
        boolean passed = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
            passed = true;
        }
        return passed;
    }

    /** Lets both receive until neither has anything to send: the handshake, and the tickets behind it. */
    static void exchange(EmbeddedChannel one, EmbeddedChannel other) {
        while (passAll(one, other) || passAll(other, one)) {
            // Each may have an answer to what it received.
        }
    }
}
