package io.ftpalg.server.files;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix domain socket. It is made in a directory that nobody else may enter, gets its mode there, and only then its name,
 * so that at no time more can connect than the mode allows; a file that an ended process left behind is replaced. Used by one thread.
 */
public final class SocketFile {
    private static final Logger logger = LoggerFactory.getLogger(SocketFile.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("rw-rw----");

    private final Path path;
    private final Path directory;
    /** What tells the published file from one of the same name that another process makes later. */
    private Optional<Object> inode = Optional.empty();

    private SocketFile(Path path, Path directory) {
        this.path = path;
        this.directory = directory;
    }

    /** Makes the directory in which the socket is bound. */
    public static SocketFile prepare(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("its directory is missing: make it, for the user that runs ftp-alg");
        }
        if (Files.exists(absolute)) {
            BasicFileAttributes found = Files.readAttributes(absolute, BasicFileAttributes.class);
            if (!found.isOther()) {
                throw new IOException("a file of that name is no socket: remove it, or choose another path");
            }
            if (isListenedOn(absolute)) {
                throw new IOException("another process listens there: stop it, or choose another path");
            }
        }
        return new SocketFile(absolute, Files.createTempDirectory(parent, ".socket"));
    }

    private static boolean isListenedOn(Path path) {
        try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return other.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns where to bind. */
    public UnixDomainSocketAddress bindAddress() {
        return UnixDomainSocketAddress.of(directory.resolve("s"));
    }

    /** Gives the bound socket its mode and its name. */
    public void publish(boolean group) throws IOException {
        Path bound = directory.resolve("s");
        Files.setPosixFilePermissions(bound, group ? GROUP : OWNER);
        inode = inode(bound);
        Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(directory);
    }

    public UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    /** Changes who may connect. */
    public void mode(boolean group) {
        try {
            Files.setPosixFilePermissions(path, group ? GROUP : OWNER);
        } catch (IOException e) {
            logger.warn("socket file kept path={}", path, e);
        }
    }

    /** Removes what is ours of the files. Later calls do nothing: the next file of that name may get the same inode. */
    public void remove() {
        try {
            Files.deleteIfExists(directory.resolve("s"));
            Files.deleteIfExists(directory);
            if (inode.isPresent() && Files.exists(path) && inode(path).equals(inode)) {
                Files.delete(path);
            }
            inode = Optional.empty();
        } catch (IOException e) {
            logger.warn("socket file kept path={}", path, e);
        }
    }

    private static Optional<Object> inode(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
}
