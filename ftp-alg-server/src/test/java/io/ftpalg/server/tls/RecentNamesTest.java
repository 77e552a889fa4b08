package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentNamesTest {
    private final RecentNames<Integer> names = new RecentNames<>(8);

    @Test
    void keepsNamesAskedForAgainThroughAFloodOfOthers() {
        names.put("real", 1);
        assertThat(names.get("real")).contains(1);

        IntStream.range(0, 1000).forEach(i -> names.put("flood" + i, i));

        assertThat(names.get("real")).contains(1);
        assertThat(names.get("flood999")).contains(999);
        assertThat(names.get("flood0")).isEmpty();
        assertThat(names.size()).isEqualTo(8);
    }

    @Test
    void hasAsManyAsAllowedHoweverTheyAreAskedFor() {
        for (int i = 0; i < 100; i++) {
            names.put("n" + i, i);
            assertThat(names.get("n" + i)).contains(i);
            assertThat(names.get("n" + i / 2)).isIn(Optional.empty(), Optional.of(i / 2));
            assertThat(names.size()).isLessThanOrEqualTo(8);
        }
        assertThat(names.size()).isEqualTo(8);
    }

    @Test
    void dropsTheNameUnusedLongestWhereAllAreAskedForAgain() {
        IntStream.range(0, 9).forEach(i -> {
            names.put("n" + i, i);
            names.get("n" + i);
            names.get("n0");
        });

        assertThat(names.get("n0")).contains(0);
        assertThat(names.get("n1")).isEmpty();
        assertThat(names.get("n8")).contains(8);
    }

    @Test
    void replacesAValueWhereItIs() {
        names.put("again", 1);
        names.get("again");
        names.put("again", 2);
        names.put("once", 1);
        names.put("once", 2);
        IntStream.range(0, 7).forEach(i -> names.put("flood" + i, i));

        assertThat(names.get("again")).contains(2);
        assertThat(names.get("once")).isEmpty();
        assertThat(names.size()).isEqualTo(8);
    }
}
