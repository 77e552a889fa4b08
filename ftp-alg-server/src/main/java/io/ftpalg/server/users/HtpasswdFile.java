package io.ftpalg.server.users;

import io.ftpalg.server.files.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The content of a password file of Apache: {@code name:hash}, one user a line, with blank lines and comments.
 *
 * @param hashes the hash of each user's password
 */
record HtpasswdFile(Map<String, PasswordHash> hashes) {
    /** What a check by Argon2 may take at most. */
    static final long MOST_MEMORY = 1L << 30;

    HtpasswdFile {
        hashes = Map.copyOf(hashes);
    }

    /** Reads the file; blocks. Its bytes are compared with those of the client, whatever they mean. */
    static HtpasswdFile read(Path file) throws UsersException {
        // Of two checks at a time, and all else, none may fail for want of memory.
        return read(file, Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4));
    }

    static HtpasswdFile read(Path file, long mostMemory) throws UsersException {
        List<String> lines;
        try {
            lines = RegularFiles.lines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw UsersException.unreadable(file, e);
        }
        Map<String, PasswordHash> hashes = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String place = file + ":" + (i + 1) + ": ";
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new UsersException(
                        place + "is not NAME:HASH: make such lines with 'htpasswd -B " + file + " NAME'");
            }
            String name = line.substring(0, colon);
            PasswordHash hash = hash(place, file, name, line.substring(colon + 1), mostMemory);
            if (hashes.put(name, hash) != null) {
                throw new UsersException(place + "the user '" + name + "' is listed twice: leave one out");
            }
        }
        return new HtpasswdFile(hashes);
    }

    private static PasswordHash hash(String place, Path file, String name, String text, long mostMemory)
            throws UsersException {
        Optional<BcryptHash> bcrypt = BcryptHash.parse(text);
        if (bcrypt.isPresent()) {
            return bcrypt.get();
        }
        Argon2Hash argon2 = Argon2Hash.parse(text)
                .orElseThrow(() -> new UsersException(place + "the password of '" + name
                        + "' is not hashed with bcrypt or argon2: set it again with 'htpasswd -B " + file + " "
                        + name + "'"));
        if (argon2.memoryBytes() > mostMemory) {
            throw new UsersException(place + "checking the password of '" + name + "' takes "
                    + (argon2.memoryBytes() >> 20) + " MiB, more than " + (mostMemory >> 20)
                    + " MiB, a quarter of the memory (-Xmx) and 1 GiB at most: set it again with 'htpasswd -B " + file
                    + " "
                    + name + "'");
        }
        return argon2;
    }

    /** Returns a hash that costs what most of the file do, for names that are not in it; none if it has no user. */
    Optional<PasswordHash> usual() {
        return hashes.values().stream().collect(Collectors.groupingBy(PasswordHash::cost)).values().stream()
                .max((some, others) -> Integer.compare(some.size(), others.size()))
                .map(most -> most.get(0));
    }
}
