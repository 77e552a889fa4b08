package io.ftpalg.server.keys.form;

import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.tls.TlsUse;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a choice, as options and keys have them. */
public final class Choices {
    private Choices() {}

    /** Returns the choice of this word; fails with the words that there are. */
    public static <E extends Enum<E>> E oneOf(E[] choices, String text) {
        return Stream.of(choices)
                .filter(choice -> name(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + names(choices, ", ")));
    }

    /** Returns the names of choices, divided by this. */
    public static String names(Enum<?>[] choices, String divider) {
        return Stream.of(choices).map(Choices::name).collect(Collectors.joining(divider));
    }

    /** Returns a choice as it is written in options and keys. */
    public static String name(Enum<?> choice) {
        boolean hasWords = choice instanceof TlsUse || choice instanceof SendProxy.Tlv;
        return (hasWords ? choice.name().replace('_', '-') : choice.name()).toLowerCase(Locale.ROOT);
    }
}
