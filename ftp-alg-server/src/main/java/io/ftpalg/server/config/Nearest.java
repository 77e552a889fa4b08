package io.ftpalg.server.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known name that is nearest to a misspelled one. */
final class Nearest {

    private Nearest() {}

    /** Returns the known name with the fewest letters to change, if these are fewer than half of what was written. */
    static Optional<String> to(String written, List<String> known) {
        return known.stream()
                .filter(name -> 2 * distance(written, name) < Math.max(written.length(), 3))
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** Returns how many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
