package io.ftpalg.server.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts of a process that does not have the store any more, since another one has taken its place: a file beside the store for each
 * write, which the process that has the store adds to its own counts, and removes. Used by one thread, which it blocks.
 */
final class PendingCounts {
    private static final String INFIX = ".more-";
    private static final String UNFINISHED = ".tmp";
    /** A line is less than 256 bytes, and a process has a bounded number of counters. */
    private static final long LARGEST = 32L << 20;

    private final Path store;
    private long number;

    PendingCounts(Path store) {
        this.store = store.toAbsolutePath();
    }

    /** Writes what was used since the last time. */
    void write(Map<CounterName, Used> more) throws IOException {
        String name =
                store.getFileName() + INFIX + ProcessHandle.current().pid() + "-" + System.nanoTime() + "-" + number++;
        Path unfinished = store.resolveSibling(name + UNFINISHED);
        Files.writeString(
                unfinished,
                more.entrySet().stream()
                        .map(one -> one.getValue().text() + " " + one.getKey().text() + "\n")
                        .collect(Collectors.joining()),
                StandardCharsets.ISO_8859_1);
        Files.move(unfinished, store.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the files that are complete. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Path directory = store.getParent();
        if (directory == null) {
            return files;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                directory, path -> String.valueOf(path.getFileName()).startsWith(store.getFileName() + INFIX))) {
            for (Path file : all) {
                if (!file.toString().endsWith(UNFINISHED)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** Returns what is in such a file; lines that are not understood are left out. */
    static Map<CounterName, Used> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("larger than " + LARGEST + " bytes");
        }
        Map<CounterName, Used> all = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            String[] parts = line.split(" ", 5);
            if (parts.length == 5) {
                var name = CounterName.parse(parts[4]);
                var used = Used.parse(String.join(" ", List.of(parts).subList(0, 4)));
                if (name.isPresent() && used.isPresent()) {
                    all.put(name.get(), used.get());
                }
            }
        }
        return all;
    }
}
