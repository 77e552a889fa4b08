package io.ftpalg.policy;

import io.ftpalg.protocol.FtpReply;
import java.util.Optional;

/**
 * Texts of the operator.
 *
 * @param greeting the 220 greeting, in place of the gateway's or the server's own
 * @param tooManySessions the 421 for a client that a limit on sessions turns away
 */
public record Texts(Optional<FtpReply> greeting, Optional<FtpReply> tooManySessions) {
    /** The gateway's own words. */
    public static final Texts DEFAULT = new Texts(Optional.empty(), Optional.empty());
}
