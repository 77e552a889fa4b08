package io.ftpalg.server.tls;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values by name, a limited number of them: those that were asked for again are kept before those that were not, so that a
 * flood of names that are requested once leaves the others (a segmented LRU cache). Not safe for threads: its owner locks.
 */
final class RecentNames<T> {
    /** Of four names kept, so many may be ones that were asked for again. */
    private static final int KEPT_OF_FOUR = 3;

    private final int most;
    private final int mostAgain;
    private final Map<String, T> once = new LinkedHashMap<>();
    private final Map<String, T> again = new LinkedHashMap<>(16, 0.75f, true);

    /** Makes it empty, for so many names. */
    RecentNames(int most) {
        this.most = most;
        this.mostAgain = most / 4 * KEPT_OF_FOUR;
    }

    /** Returns the value of a name that is asked for again. */
    Optional<T> get(String name) {
        T known = again.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        T second = once.remove(name);
        if (second != null) {
            again.put(name, second);
            if (again.size() > mostAgain) {
                Iterator<Map.Entry<String, T>> oldest = again.entrySet().iterator();
                Map.Entry<String, T> unused = oldest.next();
                oldest.remove();
                once.put(unused.getKey(), unused.getValue());
            }
        }
        return Optional.ofNullable(second);
    }

    /** Sets the value of a name; beyond the limit the name that has been asked for once, the longest ago, is dropped. */
    void put(String name, T value) {
        if (again.replace(name, value) != null) {
            return;
        }
        once.remove(name);
        once.put(name, value);
        if (size() > most) {
            once.remove(once.keySet().iterator().next());
        }
    }

    int size() {
        return once.size() + again.size();
    }
}
