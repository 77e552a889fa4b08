package io.ftpalg.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the programs of the real peers: in the folder that {@code .ci/peers} fills, else in the PATH. Stateless. */
final class Peers {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Peers() {}

    /** Returns the program; without it the test is skipped, or fails where CI=true is set. */
    static Path require(String program) {
        return find(program).orElseGet(() -> missing(program + " is not installed; .ci/peers installs it"));
    }

    /** Returns a file of the unpacked servers; without it the test is skipped, or fails where CI=true is set. */
    static Path requireModule(String path) {
        return folder().map(folder -> folder.resolve(path))
                .filter(Files::exists)
                .orElseGet(() -> missing(path + " is not there; .ci/peers unpacks it"));
    }

    /** Skips the test, or fails it where CI=true is set, unless the user is root: servers change their user. */
    static void requireRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            missing("this server has to be started by root");
        }
    }

    /** Returns the folder that {@code .ci/peers} fills, if it did. */
    static Optional<Path> folder() {
        return Optional.of(Path.of("").toAbsolutePath()).flatMap(Peers::folderAbove);
    }

    /** Returns the folders with the libraries of the unpacked servers. */
    static List<Path> libraries() {
        List<Path> libraries = new ArrayList<>();
        folder().ifPresent(folder -> {
            for (String parent : List.of("usr/lib", "lib")) {
                if (!Files.isDirectory(folder.resolve(parent))) {
                    continue;
                }
                try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve(parent), "*-linux-gnu*")) {
                    found.forEach(libraries::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        return libraries;
    }

    private static Optional<Path> folderAbove(Path start) {
        for (Path at = start; at.getParent() != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(".peers"))) {
                return Optional.of(at.resolve(".peers"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> find(String program) {
        List<Path> places = new ArrayList<>();
        folder().ifPresent(folder -> {
            places.add(folder.resolve("usr/sbin"));
            places.add(folder.resolve("usr/bin"));
        });
        SEPARATOR
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .map(Path::of)
                .forEach(places::add);
        places.add(Path.of("/usr/sbin"));
        return places.stream()
                .map(place -> place.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path missing(String what) {
        return Boolean.parseBoolean(System.getenv("CI")) ? fail(what) : abort(what);
    }
}
