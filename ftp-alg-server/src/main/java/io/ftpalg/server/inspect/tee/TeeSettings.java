package io.ftpalg.server.inspect.tee;

import io.ftpalg.server.inspect.scan.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How copies of files are made.
 *
 * @param place where they are
 * @param names patterns of the names of files that are copied; all if there is none
 * @param rejected how the copies of files that were rejected or cut are handled
 * @param onFailure how files that could not be copied are handled
 * @param maxSize the largest file that can be copied, in bytes
 * @param memory bytes of all copies that are not written yet
 * @param timeout how long each write may take
 */
public record TeeSettings(
        Place place,
        List<String> names,
        Rejected rejected,
        OnFailure onFailure,
        long maxSize,
        long memory,
        Duration timeout) {

    public TeeSettings {
        names = List.copyOf(names);
    }

    /** Where copies are. */
    public sealed interface Place permits Directory {}

    /**
     * A directory.
     *
     * @param path the directory, which exists
     * @param minFree bytes that stay free on its file system
     */
    public record Directory(Path path, long minFree) implements Place {}

    /** How the copies of files that were rejected or cut are handled. */
    public enum Rejected {
        REMOVE,
        KEEP
    }
}
