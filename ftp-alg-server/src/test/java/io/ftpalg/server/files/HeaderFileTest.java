package io.ftpalg.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFileTest {
    @TempDir
    private Path temp = Path.of(".");

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("headers"), text);
    }

    @Test
    void hasALineForEachHeader() throws IOException {
        assertThat(HeaderFile.read(file("# token\r\n\nAuthorization: Bearer a:b\r\nX-Scope:1 \n")))
                .containsOnlyKeys("Authorization", "X-Scope")
                .containsEntry("authorization", Secret.of("Bearer a:b"))
                .containsEntry("X-Scope", Secret.of("1"));
    }

    @Test
    void showsNoValue() throws IOException {
        assertThat(HeaderFile.read(file("Authorization: hidden")).toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden | line 1: expected NAME: VALUE",
                "a hidden: b | line 1: expected NAME: VALUE",
                "a: | line 1: expected NAME: VALUE",
                ": hidden | line 1: expected NAME: VALUE",
                "Host: hidden | line 1: Host is set by the gateway: leave it out",
                "content-type: hidden | line 1: content-type is set by the gateway: leave it out",
                "# nothing | expected 1 to 32 lines NAME: VALUE"
            })
    void refusesWhatIsWrongAndDoesNotShowIt(String text, String message) {
        assertThatThrownBy(() -> HeaderFile.read(file(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void refusesANameTwice() {
        assertThatThrownBy(() -> HeaderFile.read(file("a: 1\nA: 2"))).hasMessage("line 2: A is there already");
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32})
    void hasUpToThirtyTwo(int count) throws IOException {
        assertThat(HeaderFile.read(file(lines(count)))).hasSize(count);
    }

    @Test
    void hasNoMore() {
        assertThatThrownBy(() -> HeaderFile.read(file(lines(33)))).hasMessage("expected 1 to 32 lines NAME: VALUE");
    }

    private static String lines(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("name-").append(i).append(": 1\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {HeaderFile.MOST_BYTES - 1, HeaderFile.MOST_BYTES})
    void readsUpToItsSize(int size) throws IOException {
        assertThat(HeaderFile.read(file("a: 1\n" + "#".repeat(size - 5)))).hasSize(1);
    }

    @Test
    void readsNoLargerFile() {
        assertThatThrownBy(() -> HeaderFile.read(file("a: 1\n" + "#".repeat(HeaderFile.MOST_BYTES - 4))))
                .hasMessage("larger than 16384 bytes");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> HeaderFile.read(temp.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be read: ");
    }
}
