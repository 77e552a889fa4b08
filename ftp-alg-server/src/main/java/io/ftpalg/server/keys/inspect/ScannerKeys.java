package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Key;
import java.time.Duration;

/** The keys that scanners of files have in common; each has its own words for them. */
final class ScannerKeys {
    private ScannerKeys() {}

    static Key<OnFailure> onFailure(String description) {
        return Key.choice("on-failure", OnFailure.values(), description).standard("reject");
    }

    static Key<Long> maxSize(String description) {
        return Key.of("max-size", TEXT, "BYTES", description, text -> Amounts.bytes(text, 1, 1L << 40))
                .standard("100MiB");
    }

    static Key<Integer> connections(String description) {
        return Key.of("connections", COUNT, "1 to 1000", description, text -> Amounts.number(text, 1, 1000))
                .standard("16");
    }

    static Key<Duration> timeout(String description) {
        return Key.of("timeout", TIME, "TIME", description, Amounts::time).standard("30s");
    }
}
