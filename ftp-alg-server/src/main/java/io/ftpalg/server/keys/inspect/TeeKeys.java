package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.rules.path.TextPattern;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.TeeSettings;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Place;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.net.URI;
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
                    "bytes of all copies that are not written yet: 1 MiB each, with s3 9 MiB; with more as on-failure",
                    text -> Amounts.bytes(text, 9L << 20, 1L << 40))
            .standard("256MiB");
    private static final Key<Duration> TIMEOUT = Key.of(
                    "timeout", TIME, "TIME", "time for each write, below verdict-timeout", Amounts::time)
            .standard("30s");
    private static final Key<URI> ENDPOINT = Key.of(
            "endpoint",
            TEXT,
            "URL",
            "the store, such as https://s3.example.com; Amazon's of the region if left out",
            TeeKeys::endpoint);
    private static final Key<String> REGION =
            Key.of("region", TEXT, "NAME", "its region", TeeKeys::region).standard("us-east-1");
    private static final Key<String> BUCKET = Key.of(
                    "bucket", TEXT, "NAME", "the bucket, which must exist", TeeKeys::bucket)
            .needed();
    private static final Key<String> PREFIX = Key.of(
                    "prefix", TEXT, "TEXT", "what the keys of all objects begin with, such as ftp/", TeeKeys::prefix)
            .standard("");
    private static final Key<Path> ACCESS_KEY = Key.of(
                    "access-key-file", FILE, "FILE", "the file with the access key", Path::of)
            .needed();
    private static final Key<Path> SECRET_KEY = Key.of(
                    "secret-key-file", FILE, "FILE", "the file with the secret key", Path::of)
            .needed();
    private static final Key<Boolean> PATH_STYLE = Key.flag(
                    "path-style", "whether the bucket is in the path of URLs, and not in the name of the host")
            .standard("false");
    private static final Section S3_STORE = Section.of(
            "s3",
            "copies in a bucket of an S3-compatible store, in place of a directory",
            ENDPOINT,
            REGION,
            BUCKET,
            PREFIX,
            ACCESS_KEY,
            SECRET_KEY,
            PATH_STYLE);
    /** The section. */
    static final Section TEE = Section.of(
            "tee",
            "copies of the files, with a manifest",
            DIRECTORY,
            S3_STORE,
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
        if (given.has(DIRECTORY) == given.has(S3_STORE)) {
            given.problem("tee has directory or s3: set one of them", S3_STORE);
        }
        return place(given)
                .map(place -> new TeeSettings(
                        place,
                        given.all(NAMES),
                        given.get(REJECTED),
                        given.get(ON_FAILURE),
                        given.get(MAX_SIZE),
                        given.get(MEMORY),
                        given.get(TIMEOUT)));
    }

    private static Optional<Place> place(Given given) {
        Given s3 = given.section(S3_STORE);
        Optional<Place> store = s3.one(BUCKET)
                .flatMap(bucket -> s3.one(ACCESS_KEY).flatMap(access -> s3.one(SECRET_KEY)
                        .map(secret -> new S3(
                                s3.one(ENDPOINT),
                                s3.get(REGION),
                                bucket,
                                s3.get(PREFIX),
                                access,
                                secret,
                                s3.get(PATH_STYLE)))));
        return given.one(DIRECTORY)
                .<Place>map(path -> new Directory(path, given.get(MIN_FREE)))
                .or(() -> store);
    }

    private static URI endpoint(String text) {
        if (!text.matches("https?://[^/?#@\\s]+/?")) {
            throw new IllegalArgumentException("expected https://HOST[:PORT]");
        }
        return URI.create(text);
    }

    private static String region(String text) {
        return matching("[a-z0-9-]{1,63}", text, "expected the name of a region, such as eu-central-1");
    }

    private static String bucket(String text) {
        return matching("[a-z0-9][a-z0-9.-]{2,62}", text, "expected 3 to 63 letters, digits, dots and hyphens");
    }

    private static String prefix(String text) {
        return matching("[A-Za-z0-9!_.*'()/-]{0,200}", text, "expected at most 200 letters, digits and !_.*'()/-");
    }

    private static String matching(String pattern, String text, String expected) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(expected);
        }
        return text;
    }
}
