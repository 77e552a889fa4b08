package io.ftpalg.rules;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What clients receive in place of replies.
 *
 * @param banner the text of the server's greeting (220 before a login)
 * @param system the text of the reply to SYST, such as {@code UNIX Type: L8}
 * @param hiddenFeatures features that FEAT does not list, in upper case
 * @param masked codes of replies whose text the client does not see
 * @param replaced codes that a client receives in place of others, all negative, with a plain text
 */
public record ReplyRules(
        Optional<String> banner,
        Optional<String> system,
        Set<String> hiddenFeatures,
        Set<Integer> masked,
        Map<Integer, Integer> replaced) {

    /** Every reply as it is. */
    public static final ReplyRules NONE =
            new ReplyRules(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Map.of());

    public ReplyRules {
        hiddenFeatures = hiddenFeatures.stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        masked = Set.copyOf(masked);
        replaced = Map.copyOf(replaced);
        replaced.forEach((from, to) -> {
            if (from < 400 || from > 599 || to < 400 || to > 599) {
                throw new IllegalArgumentException("a 4yz or 5yz reply becomes another one, not " + from + " " + to);
            }
        });
        masked.forEach(code -> {
            if (code == 227 || code == 229 || code == 257 || code == 213) {
                throw new IllegalArgumentException("the text of " + code + " has what the client asked for");
            }
        });
    }
}
