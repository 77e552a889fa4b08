package io.ftpalg.policy.inspect;

import io.ftpalg.protocol.Side;
import java.util.Optional;
import java.util.Set;

/** Inspects all transfers, and allows parts of files that these sides send. */
public record PartsOf(Set<Side> senders) implements DataInspector {

    public PartsOf(Side... senders) {
        this(Set.of(senders));
    }

    @Override
    public Optional<Inspection> inspection(InspectedTransfer transfer) {
        return Optional.of(new Scripted());
    }

    @Override
    public boolean allowsParts(Side sender) {
        return senders.contains(sender);
    }
}
