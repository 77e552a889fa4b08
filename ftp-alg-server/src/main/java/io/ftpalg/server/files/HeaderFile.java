package io.ftpalg.server.files;

import io.ftpalg.protocol.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads files of HTTP headers, a line {@code NAME: VALUE} each, whose values are secrets. Blocks; stateless. */
public final class HeaderFile {
    /** Bytes of a file. */
    static final int MOST_BYTES = 16 * 1024;
    /** Headers in a file. */
    static final int MOST_HEADERS = 32;

    /** A token (RFC 9110 section 5.6.2). */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]{1,8192}");
    /** What the request has already, or the client of the JDK sets itself. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "te",
            "transfer-encoding",
            "upgrade");

    private HeaderFile() {}

    /**
     * Returns the headers of a file; empty lines, and those that begin with #, are skipped.
     *
     * @throws IllegalArgumentException if it cannot be read, or has anything else
     */
    public static Map<String, Secret> read(Path file) {
        List<String> lines;
        try (InputStream in = RegularFiles.open(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("larger than " + MOST_BYTES + " bytes");
            }
            lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
        Map<String, Secret> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, i + 1, headers);
            }
        }
        if (headers.isEmpty() || headers.size() > MOST_HEADERS) {
            throw new IllegalArgumentException("expected 1 to " + MOST_HEADERS + " lines NAME: VALUE");
        }
        return headers;
    }

    /** A message has the number of the line and not its text, which may be a secret. */
    private static void add(String line, int number, Map<String, Secret> headers) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0));
        String value = line.substring(colon + 1).strip();
        if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("line " + number + ": expected NAME: VALUE");
        }
        if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("line " + number + ": " + name + " is set by the gateway: leave it out");
        }
        if (headers.put(name, Secret.of(value)) != null) {
            throw new IllegalArgumentException("line " + number + ": " + name + " is there already");
        }
    }
}
