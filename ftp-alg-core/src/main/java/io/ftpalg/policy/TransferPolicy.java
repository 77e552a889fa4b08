package io.ftpalg.policy;

import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;

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
}
