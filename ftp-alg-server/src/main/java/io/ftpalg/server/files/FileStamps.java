package io.ftpalg.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What shows whether files changed: time, size and identity of each, or that it cannot be read. A value.
 *
 * @param stamps one for each file
 */
public record FileStamps(List<String> stamps) {

    /** Reads the stamps of the files; blocks. */
    public static FileStamps of(List<Path> files) {
        return new FileStamps(files.stream().map(FileStamps::stamp).toList());
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
