package io.ftpalg.policy.inspect;

import java.util.Optional;

/**
 * Decides which transfers are inspected. Called on the session's event loop and must not block; one that throws ends its session.
 *
 * <p>Where there is one, all bytes pass through buffers that otherwise would pass by the kernel's address translation, and MODE Z, whose
 * bytes an inspection cannot read, is refused. Bytes that are inspected do not pass by splice. What cannot be read is not inspected: a
 * session whose client has TLS with the server itself ({@link io.ftpalg.policy.tls.AuthMode#PASSTHROUGH}).
 */
@FunctionalInterface
public interface DataInspector {

    /**
     * Returns the inspection of a transfer that is about to begin, if it is to be inspected. Called once for each; where it is not
     * known which side sends, as with commands that the gateway does not know, once for each side.
     */
    Optional<Inspection> inspection(InspectedTransfer transfer);
}
