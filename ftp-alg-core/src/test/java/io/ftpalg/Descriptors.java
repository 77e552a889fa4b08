package io.ftpalg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open, as Linux tells it. */
public final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private Descriptors() {}

    /** Tells whether this system lists them. */
    public static boolean known() {
        return Files.isDirectory(OPEN);
    }

    /** Returns how many are open of a kind: {@code pipe} or {@code socket}. */
    public static long count(String kind) {
        try (Stream<Path> all = Files.list(OPEN)) {
            List<Path> open = all.toList();
            return open.stream()
                    .filter(one -> target(one).startsWith(kind + ":"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
