package io.ftpalg.rules.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathResolverTest {
    private static final Optional<String> HOME = Optional.of("/home/bob");

    private static String bytes(String unicode) {
        return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Resolution.Path path(String argument) {
        return (Resolution.Path) PathResolver.resolve(HOME, argument);
    }

    @ParameterizedTest
    @CsvSource({
        "f,/home/bob/f",
        "./f,/home/bob/f",
        "../f,/home/f",
        "../../../f,/f",
        "/a//b/,/a/b",
        "/..,/",
        "/../../etc,/etc",
        "a/../b,/home/bob/b",
        ".,/home/bob",
        "a/./b,/home/bob/a/b",
        "%2e%2e/f,/home/bob/%2e%2e/f",
        "..;/f,/home/bob/..;/f",
        "...x,/home/bob/...x",
        "./~x,/home/bob/~x",
        "12:30.log,/home/bob/12:30.log",
        "/,/"
    })
    void resolves(String argument, String path) {
        assertThat(path(argument).sent()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " f",
                "f ",
                " ..",
                "~",
                "~bob/f",
                "\"..\"",
                "'f'",
                "C:",
                "a:b",
                "C:/f",
                "C:f",
                "/C:/f",
                "/c:",
                "a\\b",
                "..\\f",
                "...",
                "a/.../b",
                "....",
                "a\tb",
                "\u007f",
                "\u00ff",
                "a\u0001",
                "./C:/f/../../../C:/x"
            })
    void refusesWhatServersReadInDifferentWays(String argument) {
        assertThat(PathResolver.resolve(Optional.of("/"), argument)).isInstanceOf(Resolution.Unresolvable.class);
    }

    /** Over-long forms of a dot and a slash, a surrogate, a byte that begins nothing, an end in the middle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u00ae\u00c0\u00ae/f",
                "a\u00c0\u00aff",
                "\u00e0\u0080\u00af",
                "\u00ed\u00a0\u0080",
                "\u0080",
                "\u00c3",
                "caf\u00e9"
            })
    void refusesWhatIsNotUtf8(String argument) {
        assertThat(PathResolver.resolve(HOME, argument)).isEqualTo(new Resolution.Unresolvable("not UTF-8"));
    }

    @Test
    void comparesBothFormsOfAnAccentAsEqualAndSendsWhatTheClientWrote() {
        Resolution.Path composed = path(bytes("caf\u00e9"));
        Resolution.Path decomposed = path(bytes("cafe\u0301"));

        assertThat(composed.text()).isEqualTo(decomposed.text()).isEqualTo("/home/bob/caf\u00e9");
        assertThat(decomposed.sent()).isEqualTo("/home/bob/" + bytes("cafe\u0301"));
    }

    @Test
    void needsTheWorkingDirectoryForARelativePathOnly() {
        assertThat(PathResolver.resolve(Optional.empty(), "f")).isEqualTo(new Resolution.NoDirectory("f"));
        assertThat(PathResolver.resolve(Optional.empty(), "/f")).isInstanceOf(Resolution.Path.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\in", "in", "", "/a\\b", "/a/..."})
    void refusesWhereTheWorkingDirectoryIsNoPlainPath(String directory) {
        assertThat(PathResolver.resolve(Optional.of(directory), "f")).isInstanceOf(Resolution.Unresolvable.class);
    }

    @Test
    void refusesAPathOfMoreThan4096Bytes() {
        assertThat(PathResolver.resolve(HOME, "/" + "a".repeat(4094))).isInstanceOf(Resolution.Path.class);
        assertThat(PathResolver.resolve(HOME, "/" + "a".repeat(4095))).isInstanceOf(Resolution.Path.class);
        assertThat(PathResolver.resolve(HOME, "/" + "a".repeat(4096))).isInstanceOf(Resolution.Unresolvable.class);
        assertThat(PathResolver.resolve(HOME, "a".repeat(4090))).isInstanceOf(Resolution.Unresolvable.class);
    }

    @Test
    void marksWhatClimbs() {
        assertThat(path("../f").resolved()).isTrue();
        assertThat(path("/a/b").resolved()).isFalse();
    }

    /** Whatever is sent: a path that came out of here has nothing left to resolve, and is the same again. */
    @Test
    void isAbsoluteNormalisedAndIdempotentForAnyInput() {
        Random random = new Random(20261129);
        List<String> parts = List.of(
                "..",
                ".",
                "/",
                "//",
                "a",
                "b c",
                " ",
                "~",
                "\\",
                "C:",
                "%2e",
                "..;",
                "...",
                "\u00c3\u00a9",
                "\u00c0\u00ae",
                "\u00ff",
                "\"",
                "-",
                "*",
                "\t");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder argument = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                argument.append(parts.get(random.nextInt(parts.size())));
            }
            if (PathResolver.resolve(HOME, argument.toString()) instanceof Resolution.Path path) {
                assertThat(path.sent())
                        .startsWith("/")
                        .doesNotContain("//", "/../", "/./", "\\")
                        .doesNotEndWith("/..");
                assertThat(PathResolver.resolve(Optional.empty(), path.sent()))
                        .isEqualTo(new Resolution.Path(path.sent(), path.text(), false));
            }
        }
    }
}
