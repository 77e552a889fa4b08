package io.ftpalg.server.settings;

import io.ftpalg.protocol.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Admission of clients.
 *
 * @param allow networks that may connect, all if empty
 * @param deny networks that may not
 * @param maintenance a file; while it exists, clients are refused with its text
 */
public record AccessSettings(List<Cidr> allow, List<Cidr> deny, Optional<Path> maintenance) {
    /** Everybody may. */
    public static final AccessSettings OPEN = new AccessSettings(List.of(), List.of(), Optional.empty());

    public AccessSettings {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
