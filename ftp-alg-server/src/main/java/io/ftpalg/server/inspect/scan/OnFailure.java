package io.ftpalg.server.inspect.scan;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.protocol.FtpReply;

/** How files that a scanner did not scan to their end are handled. */
public enum OnFailure {
    REJECT,
    PASS;

    /**
     * Returns the verdict on such a file. The reply has no reason, which is not for clients: the same file may pass later.
     *
     * @param reason why it was not scanned, printable
     */
    public InspectionVerdict verdict(String reason) {
        return this == PASS
                ? InspectionVerdict.PASS
                : InspectionVerdict.reject(
                        "not scanned: " + reason,
                        FtpReply.of(451, "Transfer rejected: the virus scanner is not available."));
    }
}
