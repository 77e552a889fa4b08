package io.ftpalg.server.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Reads files that an operator names, and refuses what is none: a named pipe or a device could block for ever. Stateless. */
public final class RegularFiles {

    private RegularFiles() {}

    /** Opens a file, or what a link leads to; fails at once where that is no regular file. */
    public static InputStream open(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    (found.isDirectory() ? "is a directory" : "is a named pipe, a socket or a device")
                            + ", not a regular file");
        }
        return Files.newInputStream(file);
    }

    /** Returns all bytes of a file. */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** Returns all lines of a file. */
    public static List<String> lines(Path file, Charset charset) throws IOException {
        return new String(bytes(file), charset).lines().toList();
    }
}
