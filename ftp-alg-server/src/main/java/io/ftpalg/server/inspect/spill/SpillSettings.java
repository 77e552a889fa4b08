package io.ftpalg.server.inspect.spill;

import java.nio.file.Path;

/**
 * Where files under inspection are held that are too large for memory.
 *
 * @param directory where temporary files are made
 * @param above bytes of a transfer that are held in memory before they are written
 * @param maxSize the most bytes of a file
 * @param total the most bytes in all files at a time
 */
public record SpillSettings(Path directory, int above, long maxSize, long total) {}
