package io.ftpalg.server.bandwidth;

import io.ftpalg.policy.transfer.RateLimit;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.settings.Rate;
import java.util.Optional;

/**
 * A bandwidth that transfers share, for each direction. Thread-safe.
 *
 * @param toServer uploads, if limited
 * @param toClient downloads, if limited
 */
public record SharedRate(Optional<RateLimit> toServer, Optional<RateLimit> toClient) {

    /** Makes one of these settings, with nothing in use. */
    public static SharedRate of(Rate rate) {
        return new SharedRate(limit(rate.upload(), rate.burst()), limit(rate.download(), rate.burst()));
    }

    private static Optional<RateLimit> limit(Optional<Long> bytes, Optional<Long> burst) {
        return bytes.map(
                rate -> burst.map(atOnce -> new RateLimit(rate, atOnce)).orElseGet(() -> new RateLimit(rate)));
    }

    /** Returns that of bytes to this side. */
    Optional<RateLimit> to(Side side) {
        return side == Side.CLIENT ? toClient : toServer;
    }
}
