package io.ftpalg.server.users;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Users from a password file of Apache with hashes by bcrypt or Argon2, and their groups from a group file. Owned by the one who
 * made it, who closes it; one serves all event loops, and checks on two threads of its own.
 *
 * <p>The files are checked with a login, at most once a second, and read again when they changed. One with an error is
 * logged once, and the users stay as they were.
 *
 * <p>A name that is not in the file costs what most of the others do. The cost of the hashes sets it.
 */
public final class HtpasswdUsers implements ProxyUsers, AutoCloseable {
    private static final int THREADS = 2;

    private final ReloadedFiles<Known> files;
    private final BiPredicate<PasswordHash, byte[]> check;
    private final CheckThreads threads = new CheckThreads("htpasswd", THREADS);

    /** The content of both files. */
    private record Known(HtpasswdFile passwords, Optional<PasswordHash> usual, GroupFile groups) {}

    private HtpasswdUsers(ReloadedFiles<Known> files, BiPredicate<PasswordHash, byte[]> check) {
        this.files = files;
        this.check = check;
    }

    /**
     * Reads the files; blocks.
     *
     * @param passwords lines of {@code name:hash}
     * @param groups lines of {@code group: user user}, if there is such a file
     * @throws UsersException if one cannot be used; the message names file and line, and the remedy
     */
    public static HtpasswdUsers of(Path passwords, Optional<Path> groups) throws UsersException {
        return of(passwords, groups, PasswordHash::matches, System::nanoTime);
    }

    static HtpasswdUsers of(
            Path passwords, Optional<Path> groups, BiPredicate<PasswordHash, byte[]> check, LongSupplier clock)
            throws UsersException {
        List<Path> files = Stream.concat(Stream.of(passwords), groups.stream()).toList();
        return new HtpasswdUsers(new ReloadedFiles<>(files, () -> read(passwords, groups), clock), check);
    }

    private static Known read(Path passwords, Optional<Path> groups) throws UsersException {
        HtpasswdFile hashes = HtpasswdFile.read(passwords);
        return new Known(hashes, hashes.usual(), groups.isPresent() ? GroupFile.read(groups.get()) : GroupFile.NONE);
    }

    @Override
    public CompletionStage<Optional<ProxyUser>> authenticate(String name, Secret password, InetSocketAddress client) {
        return threads.submit(() -> authenticate(name, password));
    }

    private Optional<ProxyUser> authenticate(String name, Secret password) {
        Known known = files.current();
        Optional<PasswordHash> own =
                Optional.ofNullable(known.passwords().hashes().get(name));
        boolean right = own.or(known::usual)
                .filter(hash -> check.test(hash, ClientText.bytes(password)))
                .isPresent();
        return right && own.isPresent()
                ? Optional.of(new ProxyUser(name, known.groups().of(name)))
                : Optional.empty();
    }

    @Override
    public void close() {
        threads.close();
    }
}
