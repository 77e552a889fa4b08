package io.ftpalg.server.inspect.tee;

import io.ftpalg.server.inspect.scan.OnFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    public sealed interface Place permits Directory, S3 {}

    /**
     * A directory.
     *
     * @param path the directory, which exists
     * @param minFree bytes that stay free on its file system
     */
    public record Directory(Path path, long minFree) implements Place {}

    /**
     * A bucket of an S3-compatible store.
     *
     * @param endpoint where the store is; Amazon's if there is none
     * @param region its region
     * @param bucket the bucket, which exists
     * @param prefix what the keys of all objects begin with
     * @param accessKeyFile the file with the access key
     * @param secretKeyFile the file with the secret key
     * @param pathStyle whether the bucket is in the path of URLs, and not in the name of the host
     */
    public record S3(
            Optional<URI> endpoint,
            String region,
            String bucket,
            String prefix,
            Path accessKeyFile,
            Path secretKeyFile,
            boolean pathStyle)
            implements Place {}

    /** How the copies of files that were rejected or cut are handled. */
    public enum Rejected {
        REMOVE,
        KEEP
    }
}
