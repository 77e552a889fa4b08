package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which counters an operator changes: those of one user or group.
 *
 * @param group whether it is a group
 * @param name the name of the user or group, one char for one byte
 * @param period those of one length of period only, if there is one
 * @param way those of one direction only, if there is one
 */
public record QuotaChange(boolean group, String name, Optional<Period> period, Optional<Way> way) {

    /** Makes one of texts; throws IllegalArgumentException if they are wrong. */
    public static QuotaChange of(
            Optional<String> user, Optional<String> group, Optional<String> period, Optional<String> direction) {
        if (user.isPresent() == group.isPresent()) {
            throw new IllegalArgumentException("expected a user or a group");
        }
        String name = user.or(() -> group).orElse("");
        return new QuotaChange(
                group.isPresent(),
                new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                period.map(text -> oneOf(Period.values(), text)),
                direction.map(text -> oneOf(Way.values(), text)));
    }

    private static <E extends Enum<E>> E oneOf(E[] choices, String text) {
        return Stream.of(choices)
                .filter(choice -> CounterName.word(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + String.join(
                                ", ", Stream.of(choices).map(CounterName::word).toList())));
    }

    /** Returns the counters of these that are meant. */
    public List<CounterName> among(Collection<CounterName> counters) {
        return counters.stream()
                .filter(one -> one.group() == group
                        && one.name().equals(new CounterName(group, name, one.period(), one.way()).name())
                        && period.filter(other -> other != one.period()).isEmpty()
                        && way.filter(other -> other != one.way()).isEmpty())
                .toList();
    }

    /** Returns the counters that this table has quotas for, and that are meant, whether anything is counted or not. */
    public List<CounterName> in(QuotaTable table) {
        return among(Stream.of(Period.values())
                .flatMap(one -> Stream.of(Way.values()).map(other -> new CounterName(group, name, one, other)))
                .filter(one -> table.of(one).isPresent())
                .toList());
    }
}
