package io.ftpalg.policy.inspect;

import io.ftpalg.protocol.Side;
import java.util.Optional;

/**
 * Decides which transfers are inspected. Called on the session's event loop and must not block; one that throws ends its session.
 *
 * <p>Where there is one, all bytes pass through buffers that otherwise would pass by the kernel's address translation, and MODE Z, whose
 * bytes an inspection cannot read, is refused, and so are {@linkplain #allowsParts parts of files}. Bytes that are inspected do not pass by splice. What cannot be read is not inspected: a
 * session whose client has TLS with the server itself ({@link io.ftpalg.policy.tls.AuthMode#PASSTHROUGH}).
 */
@FunctionalInterface
public interface DataInspector {

    /**
     * Returns the inspection of a transfer that is about to begin, if it is to be inspected. Called once for each; where it is not
     * known which side sends, as with commands that the gateway does not know, once for each side.
     */
    Optional<Inspection> inspection(InspectedTransfer transfer);

    /**
     * Returns whether transfers that this side sends may be of a part of a file: begin in its middle, add to it, or be joined to others
     * (REST, RANG, APPE, COMB, and data of commands that the gateway does not know). A part is inspected as a file of its own, so that
     * what is rejected as a whole may pass in parts. If not, the client gets 504.
     */
    default boolean allowsParts(Side sender) {
        return false;
    }
}
