package io.ftpalg.server.inspect.spill;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of temporary files, by which those are found that a crash left. Stateless. */
final class SpillFiles {
    private static final Logger logger = LoggerFactory.getLogger(SpillFiles.class);
    private static final Pattern NAME = Pattern.compile("ftp-alg-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.spill");

    private SpillFiles() {}

    /** Returns the path of a file that does not exist yet. */
    static Path next(Path directory) {
        return directory.resolve("ftp-alg-" + UUID.randomUUID() + ".spill");
    }

    /**
     * Removes files of such names. One that is in use, by another listener or process, is to have no name, and is read and written without
     * it.
     *
     * @param most how many are removed; others stay for the next start
     */
    static void removeLeft(Path directory, int most) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, SpillFiles::isOne)) {
            int removed = 0;
            for (Path file : left) {
                if (removed == most) {
                    break;
                }
                Files.deleteIfExists(file);
                removed++;
            }
            if (removed > 0) {
                logger.debug("{} spill files were left in {}: removed", removed, directory);
            }
        } catch (IOException | DirectoryIteratorException e) {
            logger.debug("spill files that were left in {} stay: {}", directory, e.toString());
        }
    }

    private static boolean isOne(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
