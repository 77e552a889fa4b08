package io.ftpalg.server.settings;

import java.util.Optional;

/**
 * A bandwidth, for each direction.
 *
 * @param upload bytes a second to servers, if limited
 * @param download bytes a second to clients, if limited
 * @param burst bytes that may be moved at once after a pause, in each direction; those of 20 ms if left out
 */
public record Rate(Optional<Long> upload, Optional<Long> download, Optional<Long> burst) {
    /** No limit. */
    public static final Rate NONE = new Rate(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns whether it limits a direction. */
    public boolean isLimited() {
        return upload.isPresent() || download.isPresent();
    }
}
