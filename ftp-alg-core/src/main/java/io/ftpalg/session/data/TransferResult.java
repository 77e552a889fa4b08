package io.ftpalg.session.data;

import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.transfer.DataPath;
import java.util.Optional;

/**
 * What came of the data of a transfer once both connections were there.
 *
 * @param end how it ended
 * @param path what moved the bytes
 * @param bytesToClient bytes sent to the client
 * @param bytesToServer bytes sent to the server
 * @param rejection why it was rejected, if that is how it ended
 */
public record TransferResult(
        TransferEnd end, DataPath path, long bytesToClient, long bytesToServer, Optional<Reject> rejection) {

    /** Makes the result of a transfer that no inspection rejected. */
    public TransferResult(TransferEnd end, DataPath path, long bytesToClient, long bytesToServer) {
        this(end, path, bytesToClient, bytesToServer, Optional.empty());
    }
}
