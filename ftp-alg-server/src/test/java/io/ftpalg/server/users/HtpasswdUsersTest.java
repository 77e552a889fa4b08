package io.ftpalg.server.users;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HtpasswdUsersTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);
    private static final String BCRYPT = "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm";
    private static final String ARGON2 = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte";
    private static final String GREETING = "$2y$05$7sBaB8bd7oqrKJNRiJeHd..OmeItk1N6WUVvPKiR9ARafuyHJ4Oo.";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void knowsUsersTheirPasswordsAndTheirGroups() throws Exception {
        Path groups = Files.writeString(folder.resolve("groups"), "staff: alice\nadmins: alice\n");
        try (HtpasswdUsers users =
                HtpasswdUsers.of(users("alice:" + BCRYPT + "\nbob:" + ARGON2 + "\n"), Optional.of(groups))) {
            assertThat(ask(users, "alice", "secret")).contains(new ProxyUser("alice", Set.of("staff", "admins")));
            assertThat(ask(users, "bob", "secret")).contains(new ProxyUser("bob", Set.of()));
            assertThat(ask(users, "alice", "Secret")).isEmpty();
            assertThat(ask(users, "alice", "")).isEmpty();
            assertThat(ask(users, "Alice", "secret")).isEmpty();
            assertThat(ask(users, "carol", "secret")).isEmpty();
            assertThat(ask(users, "", "secret")).isEmpty();
        }
    }

    @Test
    void comparesTheBytesThatTheClientSent() throws Exception {
        String name = "j\u00f6rg";
        try (HtpasswdUsers users = HtpasswdUsers.of(users(name + ":" + GREETING), Optional.empty())) {
            String sent = new String(name.getBytes(UTF_8), ISO_8859_1);

            assertThat(ask(users, sent, new String("gr\u00fc\u00dfe".getBytes(UTF_8), ISO_8859_1)))
                    .contains(new ProxyUser(sent, Set.of()));
            assertThat(ask(users, sent, "gr\u00fc\u00dfe")).isEmpty();
        }
    }

    @Test
    void worksAsMuchForAnUnknownNameAsForMost() throws Exception {
        List<String> work = new CopyOnWriteArrayList<>();
        Path file = users("a:" + BCRYPT + "\nb:" + ARGON2 + "\nc:" + BCRYPT + "\n");
        try (HtpasswdUsers users = HtpasswdUsers.of(
                file,
                Optional.empty(),
                (hash, password) -> {
                    work.add(hash.cost() + ' ' + password.length);
                    return hash.matches(password);
                },
                System::nanoTime)) {
            assertThat(ask(users, "a", "secret")).isPresent();
            assertThat(ask(users, "a", "wrong!")).isEmpty();
            assertThat(ask(users, "nobody", "secret")).isEmpty();
            assertThat(ask(users, "b", "secret")).isPresent();

            assertThat(work)
                    .containsExactly("bcrypt 04 6", "bcrypt 04 6", "bcrypt 04 6", "argon2 type=2 m=256 t=2 p=1 6");
        }
    }

    @Test
    void readsTheFilesAgainWhenTheyChange() throws Exception {
        AtomicLong now = new AtomicLong();
        Path groups = Files.writeString(folder.resolve("groups"), "");
        Path file = users("alice:" + BCRYPT);
        try (HtpasswdUsers users = HtpasswdUsers.of(file, Optional.of(groups), PasswordHash::matches, now::get)) {
            users("bob:" + ARGON2);
            Files.writeString(groups, "staff: bob");
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));

            assertThat(ask(users, "alice", "secret")).isEmpty();
            assertThat(ask(users, "bob", "secret")).contains(new ProxyUser("bob", Set.of("staff")));

            users("bob:plain");
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertThat(ask(users, "bob", "secret")).isPresent();
        }
    }

    @Test
    void doesNotBeginWithAFileThatIsBad() throws Exception {
        Path file = users("alice:plain");

        assertThatThrownBy(() -> HtpasswdUsers.of(file, Optional.empty()))
                .isInstanceOf(UsersException.class)
                .hasMessageStartingWith(file + ":1: ");
    }

    @Test
    void knowsNobodyFromAnEmptyFile() throws Exception {
        try (HtpasswdUsers users = HtpasswdUsers.of(users(""), Optional.empty())) {
            assertThat(ask(users, "alice", "secret")).isEmpty();
        }
    }

    @Test
    void readsWhatHtpasswdWrites() throws Exception {
        Path program = Path.of("/usr/bin/htpasswd");
        assumeTrue(Files.isExecutable(program), "htpasswd is not installed; .ci/peers installs it");
        Path file = folder.resolve("made");
        for (String name : List.of("alice", "bob")) {
            Process process = new ProcessBuilder(
                            program.toString(),
                            Files.exists(file) ? "-bB" : "-cbB",
                            file.toString(),
                            name,
                            "pass of " + name)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            assertThat(process.waitFor()).isZero();
        }

        try (HtpasswdUsers users = HtpasswdUsers.of(file, Optional.empty())) {
            assertThat(ask(users, "alice", "pass of alice")).isPresent();
            assertThat(ask(users, "bob", "pass of bob")).isPresent();
            assertThat(ask(users, "bob", "pass of alice")).isEmpty();
        }
    }

    private Path users(String text) throws Exception {
        return Files.writeString(folder.resolve("users"), text);
    }

    private static Optional<ProxyUser> ask(ProxyUsers users, String name, String password) throws Exception {
        return users.authenticate(name, Secret.of(password), CLIENT)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
