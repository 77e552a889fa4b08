package io.ftpalg.policy.transfer;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.protocol.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many bytes a transfer may move, and how fast, and what inspects them.
 *
 * @param toClient what must grant each byte that goes to the client; what grants least comes first, best
 * @param toServer what must grant each byte that goes to the server
 * @param inspections what inspects the bytes that go to a side, for the sides where something does
 * @param remnant how a file is handled that an upload leaves at the server when its limits or its inspection cut it
 */
public record TransferTerms(
        List<ByteAllowance> toClient,
        List<ByteAllowance> toServer,
        Map<Side, Inspection> inspections,
        Remnant remnant) {
    /** No limits. */
    public static final TransferTerms NONE = new TransferTerms(List.of(), List.of());

    public TransferTerms {
        toClient = List.copyOf(toClient);
        toServer = List.copyOf(toServer);
        inspections = Map.copyOf(inspections);
    }

    /** Makes terms without an inspection; remnants stay. */
    public TransferTerms(List<ByteAllowance> toClient, List<ByteAllowance> toServer) {
        this(toClient, toServer, Map.of(), Remnant.KEEP);
    }

    /** Returns the same with these inspections, by the side to which the bytes go. */
    public TransferTerms inspectedBy(Map<Side, Inspection> others) {
        return new TransferTerms(toClient, toServer, others, remnant);
    }

    /** Returns the same with remnants handled like this. */
    public TransferTerms withRemnant(Remnant other) {
        return new TransferTerms(toClient, toServer, inspections, other);
    }

    /** Returns the same for so many bytes of each direction at most. */
    public TransferTerms atMost(long bytes) {
        return new TransferTerms(
                with(toClient, new ByteQuota(bytes)), with(toServer, new ByteQuota(bytes)), inspections, remnant);
    }

    /** What limits the rate comes first: it grants less at a time. */
    private static List<ByteAllowance> with(List<ByteAllowance> some, ByteAllowance last) {
        List<ByteAllowance> all = new ArrayList<>(some);
        all.add(last);
        return all;
    }

    /** Returns what inspects the bytes that go to this side, if something does. */
    public Optional<Inspection> inspection(Side to) {
        return Optional.ofNullable(inspections.get(to));
    }

    /** Returns what must grant each byte that goes to this side. */
    public List<ByteAllowance> to(Side side) {
        return side == Side.CLIENT ? toClient : toServer;
    }
}
