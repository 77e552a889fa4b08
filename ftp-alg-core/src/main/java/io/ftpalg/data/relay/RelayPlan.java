package io.ftpalg.data.relay;

import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import java.time.Duration;
import java.util.Optional;

/**
 * How a relay is to run.
 *
 * @param flow which way the bytes of this transfer go
 * @param stallTimeout how long no byte may move before it is cut
 * @param buffer bytes it may hold in each direction, when both hold some; one alone may hold nearly twice as many
 * @param linger how long, after the transfer's own direction is through, it waits for the receiver before it closes anyway
 * @param until what it waits for in that time
 * @param clientTls how the client's data connection is protected, if it is
 * @param serverTls how the server's data connection is protected, if it is
 * @param terms how many bytes it may move, and how fast
 */
public record RelayPlan(
        Flow flow,
        Duration stallTimeout,
        int buffer,
        Duration linger,
        Until until,
        Optional<LegTls> clientTls,
        Optional<LegTls> serverTls,
        TransferTerms terms) {

    /** Makes the plan of a relay in the clear that waits until the receiver has closed its side. */
    public RelayPlan(Flow flow, Duration stallTimeout, int buffer, Duration linger) {
        this(flow, stallTimeout, buffer, linger, Until.CLOSED, Optional.empty(), Optional.empty(), TransferTerms.NONE);
    }

    /** What the receiver must have done when the relay ends before its linger time. */
    public enum Until {
        /** Its FIN arrived: it has read everything. */
        CLOSED,
        /** Its system acknowledged everything, our FIN too; where the system does not report that, nothing is waited for. */
        ACKNOWLEDGED
    }

    /** Returns how the data connection of a side is protected, if it is. */
    Optional<LegTls> tls(Side side) {
        return side == Side.CLIENT ? clientTls : serverTls;
    }

    /** Returns whether this side, and no other, sends what is transferred. */
    boolean sends(Side side) {
        return flow == (side == Side.CLIENT ? Flow.UPLOAD : Flow.DOWNLOAD);
    }

    /** Returns whether nothing needs to read the bytes: no TLS, and no inspection. */
    public boolean isOpaque() {
        return inTheClear() && terms.inspections().isEmpty();
    }

    boolean inTheClear() {
        return clientTls.isEmpty() && serverTls.isEmpty();
    }

    /** Which way the bytes of a transfer go; the relay carries the other way too, but does not wait for its end. */
    public enum Flow {
        /** From the server to the client. */
        DOWNLOAD,
        /** From the client to the server. */
        UPLOAD,
        /** Unknown: it ends when both sides ended. */
        BOTH
    }
}
