package io.ftpalg.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A temporary directory with the server's files and one to upload; gone after {@link #close}.
 *
 * @param root the directory
 */
record DemoFiles(Path root) implements AutoCloseable {
    private static final int MIB = 1 << 20;

    /** Makes the directory and the server's sample files. */
    static DemoFiles create() throws IOException {
        DemoFiles files = new DemoFiles(Files.createTempDirectory("ftp-alg-demo-"));
        Files.createDirectories(files.serverHome().resolve("docs"));
        Files.writeString(
                files.serverHome().resolve("hello.txt"), "Hello through the gateway.\n", StandardCharsets.US_ASCII);
        Files.writeString(
                files.serverHome().resolve("docs/a name with spaces.txt"),
                "Names pass as they are.\n",
                StandardCharsets.US_ASCII);
        return files;
    }

    /** Returns the directory that the server shows. */
    Path serverHome() {
        return root.resolve("server");
    }

    /** Makes a file of that many MiB that no compression could make smaller, the same on each run. */
    Path makeUpload(int mib) throws IOException {
        Path upload = root.resolve("upload.bin");
        SplittableRandom random = new SplittableRandom(mib);
        byte[] chunk = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(upload)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
        return upload;
    }

    /** Returns a digest for comparing content. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the SHA-256 of a file in hex. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
