package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    @TempDir
    private Path temp = Path.of(".");

    private Path file = Path.of(".");

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(temp.resolve("a.yaml"), "one");
    }

    @Test
    void saysNothingWhileNothingChanges() {
        ConfigWatch watch = new ConfigWatch(List.of(file));

        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isFalse();
    }

    @Test
    void waitsUntilNobodyWritesAnyMoreAndSaysItUntilItIsRead() throws Exception {
        ConfigWatch watch = new ConfigWatch(List.of(file));

        Files.writeString(file, "o");
        assertThat(watch.look()).as("just changed").isFalse();
        Files.writeString(file, "on two");
        assertThat(watch.look()).as("changed again").isFalse();

        assertThat(watch.look()).as("at rest").isTrue();
        watch.reading();
        assertThat(watch.look()).isFalse();
    }

    @Test
    void seesAFileThatIsReplacedByRename() throws Exception {
        ConfigWatch watch = new ConfigWatch(List.of(file));
        Path next = Files.writeString(temp.resolve("next"), "two");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));

        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
    }

    /** As Kubernetes updates a ConfigMap: the file is a link through a folder, which is a link that is swapped. */
    @Test
    void seesALinkThatIsSwapped() throws Exception {
        Path first = Files.createDirectory(temp.resolve("..1"));
        Path second = Files.createDirectory(temp.resolve("..2"));
        Files.writeString(first.resolve("b.yaml"), "one");
        Files.writeString(second.resolve("b.yaml"), "two");
        Path data = Files.createSymbolicLink(temp.resolve("..data"), Path.of("..1"));
        Path link = Files.createSymbolicLink(temp.resolve("b.yaml"), Path.of("..data", "b.yaml"));
        ConfigWatch watch = new ConfigWatch(List.of(link));

        Path swap = Files.createSymbolicLink(temp.resolve("..tmp"), Path.of("..2"));
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
    }

    @Test
    void seesAFileThatIsGoneAndComesBack() throws Exception {
        ConfigWatch watch = new ConfigWatch(List.of(file));

        Files.delete(file);
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
        watch.reading();
        Files.writeString(file, "back");
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
    }

    /** What changed while the others were read must not be taken for read. */
    @Test
    void takesFilesThatItKnowsAsTheyWereBeforeTheyWereRead() throws Exception {
        Path other = Files.writeString(temp.resolve("other"), "x");
        ConfigWatch watch = new ConfigWatch(List.of(file));
        watch.reading();
        Files.writeString(file, "changed behind its back");

        watch.watch(List.of(file, other));

        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
        watch.reading();
        Files.writeString(other, "changed");
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
    }

    @Test
    void findsTheFilesThatAConfigNames() throws Exception {
        Files.writeString(temp.resolve("ca.pem"), "");
        Files.writeString(temp.resolve("cert.pem"), "");
        Files.writeString(temp.resolve("key.pem"), "");
        Files.writeString(file, """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: ftpes://a
                    tls: {certificates: [{cert: cert.pem, key: key.pem}]}
                    upstream-tls: {ca: ca.pem}
                """);

        assertThat(ConfigLoader.load(file, name -> Optional.empty()).files())
                .containsExactlyInAnyOrder(
                        file, temp.resolve("cert.pem"), temp.resolve("key.pem"), temp.resolve("ca.pem"));
    }
}
