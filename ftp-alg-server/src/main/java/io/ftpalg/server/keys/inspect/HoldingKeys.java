package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionTerms.Trickle;
import io.ftpalg.server.inspect.HoldingSettings;
import io.ftpalg.server.inspect.HoldingSettings.Hold;
import io.ftpalg.server.inspect.spill.SpillSettings;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of what is held until a verdict. */
final class HoldingKeys {
    static final Key<Hold> HOLD = Key.choice(
                    "hold",
                    Hold.values(),
                    "what is passed on only after the verdict: the end of each file, hold-back, or all of it, which needs spill")
            .standard("end");
    private static final Key<Long> BYTES = Key.of(
                    "bytes",
                    TEXT,
                    "BYTES",
                    "bytes at a time, never of the last 64 KiB that are held",
                    text -> Amounts.bytes(text, 1, InspectionTerms.LEAST_HELD_BACK))
            .standard("1kB");
    private static final Key<Duration> INTERVAL = Key.of(
                    "interval",
                    TIME,
                    "TIME",
                    "after this time in which nothing was passed on, and again",
                    text -> Amounts.time(text, Duration.ofHours(1)))
            .standard("10s");
    static final Section TRICKLE = Section.of(
            "trickle",
            "bytes that are passed on before the verdict, so that receivers do not time out; none if left out",
            BYTES,
            INTERVAL);
    private static final Key<Path> DIRECTORY = Key.of(
                    "directory",
                    PATH,
                    "DIRECTORY",
                    "where temporary files are made, encrypted and without a name",
                    Path::of)
            .needed();
    private static final Key<Long> ABOVE = Key.of(
                    "above",
                    TEXT,
                    "BYTES",
                    "bytes of a file that are held in memory before they are written",
                    text -> Amounts.bytes(text, InspectionTerms.LEAST_HELD_BACK, InspectionTerms.MOST_HELD))
            .standard("1MiB");
    private static final Key<Long> MAX_SIZE = Key.of(
                    "max-size",
                    TEXT,
                    "BYTES",
                    "the largest file that is held; a larger one gets 552",
                    text -> Amounts.bytes(text, 1, 1L << 50))
            .standard("1GiB");
    private static final Key<Long> TOTAL = Key.of(
                    "total",
                    TEXT,
                    "BYTES",
                    "bytes of all files of the listener together; more get 451",
                    text -> Amounts.bytes(text, 1, 1L << 50))
            .standard("10GiB");
    static final Section SPILL = Section.of(
            "spill", "temporary files for what hold: all holds beyond memory", DIRECTORY, ABOVE, MAX_SIZE, TOTAL);

    private HoldingKeys() {}

    /** Returns the settings, given the section of the inspection. */
    static HoldingSettings read(Given given, long holdBack, long memory) {
        Hold hold = given.get(HOLD);
        Given spill = given.section(SPILL);
        Given trickle = given.section(TRICKLE);
        if (hold == Hold.ALL && !given.has(SPILL)) {
            given.problem("hold: all needs spill, the directory for files that are larger than memory: add it", HOLD);
        } else if (hold == Hold.END && given.has(SPILL)) {
            given.problem("spill holds nothing with hold: end: set hold: all", SPILL);
        }
        if (hold == Hold.END && given.has(TRICKLE) && holdBack == InspectionTerms.LEAST_HELD_BACK) {
            given.problem(
                    "trickle has nothing to pass on, because hold-back is 64 KiB, which are never passed on before the"
                            + " verdict: set hold-back to more",
                    TRICKLE);
        }
        if (given.has(SPILL) && 2 * spill.get(ABOVE) > memory) {
            given.problem("memory is below twice spill.above, so that no file can be held: raise it", SPILL);
        }
        return new HoldingSettings(
                hold,
                given.has(TRICKLE)
                        ? Optional.of(new Trickle(trickle.get(BYTES).intValue(), trickle.get(INTERVAL)))
                        : Optional.empty(),
                spill.one(DIRECTORY)
                        .map(directory -> new SpillSettings(
                                directory, spill.get(ABOVE).intValue(), spill.get(MAX_SIZE), spill.get(TOTAL))));
    }
}
