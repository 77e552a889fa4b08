package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupFileTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void tellsTheGroupsOfAUser() throws Exception {
        GroupFile groups = GroupFile.read(Files.writeString(folder.resolve("groups"), """
                # who may do what

                staff: alice  bob
                admins : alice
                staff:\tcarol
                nobody:
                """));

        assertThat(groups.of("alice")).containsExactlyInAnyOrder("staff", "admins");
        assertThat(groups.of("bob")).containsExactly("staff");
        assertThat(groups.of("carol")).containsExactly("staff");
        assertThat(groups.of("dave")).isEmpty();
    }

    /** As the control connection has them: a char is a byte. */
    @Test
    void readsNamesAsClientsSayThem() throws Exception {
        GroupFile groups = GroupFile.read(Files.writeString(folder.resolve("groups"), "gr\u00f6\u00dfe: j\u00f6rg\n"));

        assertThat(groups.of(ClientText.said("j\u00f6rg"))).containsExactly(ClientText.said("gr\u00f6\u00dfe"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("groups"), "staff: alice\nbob\n");
        Path missing = folder.resolve("none");

        assertThatThrownBy(() -> GroupFile.read(file))
                .isInstanceOf(UsersException.class)
                .hasMessage(file + ":2: is not 'GROUP: USER USER'");
        assertThatThrownBy(() -> GroupFile.read(missing)).hasMessage(missing + ": there is no such file");
    }
}
