package io.ftpalg.server.bandwidth;

import io.ftpalg.server.settings.Rate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link SharedRate} for each of many, such as users. The last ones that had a transfer are kept: one that is dropped and comes again
 * has nothing in use, as after a pause. Thread-safe.
 */
final class RateTable {
    static final int KEPT = 10_000;

    private final Rate rate;
    private final Map<Object, SharedRate> rates = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, SharedRate> eldest) {
            return size() > KEPT;
        }
    };

    RateTable(Rate rate) {
        this.rate = rate;
    }

    synchronized SharedRate of(Object who) {
        return rates.computeIfAbsent(who, any -> SharedRate.of(rate));
    }
}
