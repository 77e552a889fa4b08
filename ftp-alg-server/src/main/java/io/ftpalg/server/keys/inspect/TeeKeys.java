package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.rules.path.TextPattern;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.TeeSettings;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of {@code tee}, and what is made of them. */
final class TeeKeys {
    private static final Key<Path> DIRECTORY = Key.of(
            "directory",
            PATH,
            "DIRECTORY",
            "where the copies are, in a directory a day with its manifest.jsonl; it must exist",
            Path::of);
    private static final Key<Long> MIN_FREE = Key.of(
                    "min-free",
                    TEXT,
                    "BYTES",
                    "bytes that stay free on the file system of the directory; else as on-failure",
                    text -> Amounts.bytes(text, 0, 1L << 50))
            .standard("1GiB");
    private static final Key<String> NAMES = Key.of(
                    "names",
                    TEXT,
                    "PATTERN",
                    "names of the files that are copied, such as *.csv, in either case of letters; all if left out",
                    TeeKeys::pattern)
            .repeatable();
    private static final Key<Rejected> REJECTED = Key.choice(
                    "rejected", Rejected.values(), "copies of files that were rejected, or cut")
            .standard("remove");
    private static final Key<OnFailure> ON_FAILURE = Key.choice(
                    "on-failure", OnFailure.values(), "files that could not be copied")
            .standard("reject");
    private static final Key<Long> MAX_SIZE = Key.of(
                    "max-size",
                    TEXT,
                    "BYTES",
                    "the largest file that is copied; with a larger one as on-failure",
                    text -> Amounts.bytes(text, 1, 1L << 50))
            .standard("10GiB");
    private static final Key<Long> MEMORY = Key.of(
                    "memory",
                    TEXT,
                    "BYTES",
                    "bytes of all copies that are not written yet: 1 MiB each; with more as on-failure",
                    text -> Amounts.bytes(text, 1L << 20, 1L << 40))
            .standard("256MiB");
    private static final Key<Duration> TIMEOUT = Key.of(
                    "timeout", TIME, "TIME", "time for each write, below verdict-timeout", Amounts::time)
            .standard("30s");
    /** The section. */
    static final Section TEE = Section.of(
            "tee",
            "copies of the files, with a manifest",
            DIRECTORY,
            MIN_FREE,
            NAMES,
            REJECTED,
            ON_FAILURE,
            MAX_SIZE,
            MEMORY,
            TIMEOUT);

    private TeeKeys() {}

    /** Returns a pattern that can be used. */
    static String pattern(String text) {
        return TextPattern.globIgnoringCase(text).text();
    }

    /**
     * Returns the settings, if there are any.
     *
     * @param verdictTimeout what the timeout must be below
     */
    static Optional<TeeSettings> read(Given inspection, Duration verdictTimeout) {
        if (!inspection.has(TEE)) {
            return Optional.empty();
        }
        Given given = inspection.section(TEE);
        if (given.get(TIMEOUT).compareTo(verdictTimeout) >= 0) {
            given.problem("tee.timeout is not below verdict-timeout, which rejects the file: lower it", TIMEOUT);
        }
        if (!given.has(DIRECTORY)) {
            given.problem("tee has no directory: set it", TEE);
        }
        return given.one(DIRECTORY)
                .map(path -> new TeeSettings(
                        new Directory(path, given.get(MIN_FREE)),
                        given.all(NAMES),
                        given.get(REJECTED),
                        given.get(ON_FAILURE),
                        given.get(MAX_SIZE),
                        given.get(MEMORY),
                        given.get(TIMEOUT)));
    }
}
