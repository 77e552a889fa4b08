package io.ftpalg.policy;

import io.ftpalg.policy.inspect.DataInspector;
import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.util.EnumMap;
import java.util.Map;

/**
 * Decides how many bytes each transfer may move, and how fast. Called on the session's event loop and must not block; one that throws
 * ends its session.
 */
@FunctionalInterface
public interface TransferPolicy {
    /** No limits. */
    TransferPolicy NONE = new TransferPolicy() {
        @Override
        public TransferTerms terms(FtpCommand command, FilterContext session) {
            return TransferTerms.NONE;
        }

        @Override
        public boolean limits(FilterContext session) {
            return false;
        }
    };

    /** Returns the terms of a transfer, which is about to begin. Called once for each. */
    TransferTerms terms(FtpCommand command, FilterContext session);

    /**
     * Returns whether transfers of this session may have terms at all. Asked when a data port is agreed, before the command is known:
     * the kernel carries no data of such sessions ({@link RelayType#KERNEL}).
     */
    default boolean limits(FilterContext session) {
        return true;
    }

    /** Returns whether transfers of this session may be inspected: their bytes must be readable then. */
    default boolean inspects(FilterContext session) {
        return false;
    }

    /** Returns whether the files that this side sends may be transferred in parts, as {@link DataInspector#allowsParts}. */
    default boolean allowsParts(Side sender, FilterContext session) {
        return true;
    }

    /** Returns this policy with transfers inspected, too. */
    default TransferPolicy inspectedBy(DataInspector inspector) {
        TransferPolicy limits = this;
        return new TransferPolicy() {
            @Override
            public TransferTerms terms(FtpCommand command, FilterContext session) {
                TransferTerms terms = limits.terms(command, session);
                Map<Side, Inspection> inspections = new EnumMap<>(Side.class);
                for (Side sender : Side.values()) {
                    if (sends(sender, command.verb())) {
                        inspector
                                .inspection(inspected(command, session, sender))
                                .ifPresent(found -> inspections.put(sender.other(), found));
                    }
                }
                return inspections.isEmpty() ? terms : terms.inspectedBy(inspections);
            }

            @Override
            public boolean limits(FilterContext session) {
                return true;
            }

            @Override
            public boolean inspects(FilterContext session) {
                return true;
            }

            @Override
            public boolean allowsParts(Side sender, FilterContext session) {
                return inspector.allowsParts(sender) && limits.allowsParts(sender, session);
            }
        };
    }

    /** Returns this policy with what cut uploads leave at the server handled like this. */
    default TransferPolicy withRemnant(Remnant remnant) {
        TransferPolicy policy = this;
        return new TransferPolicy() {
            @Override
            public TransferTerms terms(FtpCommand command, FilterContext session) {
                return policy.terms(command, session).withRemnant(remnant);
            }

            @Override
            public boolean limits(FilterContext session) {
                return policy.limits(session);
            }

            @Override
            public boolean inspects(FilterContext session) {
                return policy.inspects(session);
            }

            @Override
            public boolean allowsParts(Side sender, FilterContext session) {
                return policy.allowsParts(sender, session);
            }
        };
    }

    private static InspectedTransfer inspected(FtpCommand command, FilterContext session, Side sender) {
        return new InspectedTransfer(
                command,
                sender,
                session.session(),
                session.client(),
                session.proxyUser(),
                session.user(),
                session.directory(),
                session.permit().inspections());
    }

    private static boolean sends(Side side, FtpVerb verb) {
        return side == Side.SERVER ? !verb.is(FtpVerb.Trait.UPLOAD) : !verb.is(FtpVerb.Trait.DOWNLOAD);
    }
}
