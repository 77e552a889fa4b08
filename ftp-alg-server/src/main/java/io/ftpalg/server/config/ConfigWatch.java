package io.ftpalg.server.config;

import io.ftpalg.server.files.FileStamps;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Detects that a config file, or a file that it names, changed since it was read and has come to rest. Names are followed each
 * time, so a file that is replaced, and a folder that a link leads to in place of another, are changes too. Owned by the thread
 * that reloads; blocks.
 */
public final class ConfigWatch {
    private Map<Path, FileStamps> read;
    private Map<Path, FileStamps> seen;

    /** Watches these files, which are about to be read. */
    public ConfigWatch(Collection<Path> files) {
        read = stamps(files);
        seen = read;
    }

    /** Checks the files; true if they are not as they were read, but as at the last check: they are not being written. */
    public boolean look() {
        Map<Path, FileStamps> now = stamps(read.keySet());
        boolean settled = !now.equals(read) && now.equals(seen);
        seen = now;
        return settled;
    }

    /** The files are about to be read. */
    public void reading() {
        read = stamps(read.keySet());
        seen = read;
    }

    /** These files were read, or are not new. */
    public void watch(Collection<Path> files) {
        Map<Path, FileStamps> before = read;
        read = new LinkedHashMap<>();
        files.forEach(
                file -> read.put(file, Optional.ofNullable(before.get(file)).orElseGet(() -> stamp(file))));
        seen = read;
    }

    private static Map<Path, FileStamps> stamps(Collection<Path> files) {
        Map<Path, FileStamps> stamps = new LinkedHashMap<>();
        files.forEach(file -> stamps.put(file, stamp(file)));
        return stamps;
    }

    private static FileStamps stamp(Path file) {
        return FileStamps.of(Stream.of(file).toList());
    }
}
