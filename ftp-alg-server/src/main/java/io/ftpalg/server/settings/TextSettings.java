package io.ftpalg.server.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of texts that clients receive.
 *
 * @param greeting the text of the greeting
 * @param limit the text of a refusal by a limit
 */
public record TextSettings(Optional<Path> greeting, Optional<Path> limit) {
    /** The gateway's own texts. */
    public static final TextSettings DEFAULT = new TextSettings(Optional.empty(), Optional.empty());
}
