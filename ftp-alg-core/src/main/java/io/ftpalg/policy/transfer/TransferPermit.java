package io.ftpalg.policy.transfer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link io.ftpalg.policy.CommandFilter} allows a transfer, beside the transfer itself.
 *
 * @param maxBytes the most bytes that it may move; the transfer is cut at the first one that is too many. No limit if empty
 * @param inspections the names of the inspections that its bytes pass, as the
 *     {@link io.ftpalg.policy.inspect.DataInspector} names them; all that it has if empty
 */
public record TransferPermit(Optional<Long> maxBytes, Optional<Set<String>> inspections) {
    /** No limit, and all inspections. */
    public static final TransferPermit ANY = new TransferPermit(Optional.empty(), Optional.empty());

    public TransferPermit {
        maxBytes.filter(bytes -> bytes < 0).ifPresent(bytes -> {
            throw new IllegalArgumentException("maxBytes is 0 or more, not " + bytes);
        });
        inspections = inspections.map(Set::copyOf);
    }

    /** Returns what both allow: the smaller size, and the inspections of both. */
    public TransferPermit and(TransferPermit other) {
        if (equals(ANY)) {
            return other;
        }
        return new TransferPermit(
                maxBytes.map(bytes -> Math.min(bytes, other.maxBytes.orElse(bytes)))
                        .or(other::maxBytes),
                inspections.isPresent() && other.inspections.isPresent()
                        ? Optional.of(joined(inspections.get(), other.inspections.get()))
                        : inspections.or(other::inspections));
    }

    private static Set<String> joined(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
