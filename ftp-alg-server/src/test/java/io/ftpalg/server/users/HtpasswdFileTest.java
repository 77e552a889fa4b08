package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdFileTest {
    private static final String BCRYPT = "$2y$04$aEGUsyNHNemfivgyfqcA2O2hskAnIxQmlKdneS9WXb9RDpDwxrhHm";
    private static final String ARGON2 = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void readsUsersOfBothKindsAndNoComments() throws Exception {
        HtpasswdFile users = HtpasswdFile.read(file("# users\n\nalice:" + BCRYPT + "\r\n  bob:" + ARGON2 + " \n"));

        assertThat(users.hashes()).containsOnlyKeys("alice", "bob");
        assertThat(users.hashes().get("alice")).isInstanceOf(BcryptHash.class);
        assertThat(users.hashes().get("bob")).isInstanceOf(Argon2Hash.class);
    }

    @Test
    void takesWhatMostUsersHaveForUsual() throws Exception {
        String costly = BCRYPT.replace("$04$", "$12$");

        assertThat(HtpasswdFile.read(file("a:" + costly + "\nb:" + BCRYPT + "\nc:" + ARGON2 + "\nd:" + BCRYPT))
                        .usual())
                .map(PasswordHash::cost)
                .contains("bcrypt 04");
        assertThat(HtpasswdFile.read(file("# nobody\n")).usual()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$apr1$ABCDEFGH$mCSR5pZJ3iBoVCTU6b5Sz1",
                "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "rqXexS6ZhobKA",
                "$6$rounds=5000$salt$hash",
                "secret",
                ""
            })
    void refusesOtherHashesAndSaysWhatToDo(String hash) throws Exception {
        Path file = file("alice:" + BCRYPT + "\nbob:" + hash + "\n");

        assertThatThrownBy(() -> HtpasswdFile.read(file))
                .isInstanceOf(UsersException.class)
                .hasMessage(file
                        + ":2: the password of 'bob' is not hashed with bcrypt or argon2: set it again with 'htpasswd -B "
                        + file
                        + " bob'");
    }

    @Test
    void refusesAFileThatIsWrong() throws Exception {
        Path twice = file("alice:" + BCRYPT + "\n#\nalice:" + ARGON2 + "\n");
        assertThatThrownBy(() -> HtpasswdFile.read(twice))
                .hasMessage(twice + ":3: the user 'alice' is listed twice: leave one out");

        Path bare = file("alice\n");
        assertThatThrownBy(() -> HtpasswdFile.read(bare))
                .hasMessage(bare + ":1: is not NAME:HASH: make such lines with 'htpasswd -B " + bare + " NAME'");

        Path nameless = file(":" + BCRYPT);
        assertThatThrownBy(() -> HtpasswdFile.read(nameless)).hasMessageContaining(":1: is not NAME:HASH");

        Path missing = folder.resolve("none");
        assertThatThrownBy(() -> HtpasswdFile.read(missing)).hasMessage(missing + ": there is no such file");
    }

    @Test
    void refusesAHashThatTakesMoreMemoryThanAllowed() throws Exception {
        Path most = file("alice:" + ARGON2.replace("m=256", "m=1048576"));
        assertThat(HtpasswdFile.read(most, HtpasswdFile.MOST_MEMORY).hashes()).hasSize(1);

        Path beyond = file("alice:" + ARGON2.replace("m=256", "m=1048577"));
        assertThatThrownBy(() -> HtpasswdFile.read(beyond, HtpasswdFile.MOST_MEMORY))
                .isInstanceOf(UsersException.class)
                .hasMessageStartingWith(beyond + ":1: checking the password of 'alice' takes 1024 MiB, more than")
                .hasMessageEndingWith("set it again with 'htpasswd -B " + beyond + " alice'");
        assertThatThrownBy(() -> HtpasswdFile.read(most, HtpasswdFile.MOST_MEMORY - 1))
                .isInstanceOf(UsersException.class);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("users"), text);
    }
}
