package io.ftpalg.policy.transfer;

import io.ftpalg.protocol.Side;
import java.util.List;

/**
 * How many bytes a transfer may move, and how fast.
 *
 * @param toClient what must grant each byte that goes to the client; what grants least comes first, best
 * @param toServer what must grant each byte that goes to the server
 */
public record TransferTerms(List<ByteAllowance> toClient, List<ByteAllowance> toServer) {
    /** No limits. */
    public static final TransferTerms NONE = new TransferTerms(List.of(), List.of());

    public TransferTerms {
        toClient = List.copyOf(toClient);
        toServer = List.copyOf(toServer);
    }

    /** Returns what must grant each byte that goes to this side. */
    public List<ByteAllowance> to(Side side) {
        return side == Side.CLIENT ? toClient : toServer;
    }
}
