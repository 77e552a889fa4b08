package io.ftpalg.server.replay;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** From whom to whom a line of a trace goes. */
enum Direction {
    /** A command of the client. */
    FROM_CLIENT("C>   "),
    /** A reply to the client. */
    TO_CLIENT("C<   "),
    /** A command to the server. */
    TO_SERVER("  >S "),
    /** A reply of the server. */
    FROM_SERVER("  <S "),
    /** What happened beside the dialogue. */
    EVENT("  *  ");

    private final String arrow;

    Direction(String arrow) {
        this.arrow = arrow;
    }

    /** Returns the mark of it in front of a line, as {@code ctl trace} prints it. */
    String arrow() {
        return arrow;
    }

    /** Returns its word in a trace. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the direction of this word, if there is one. */
    static Optional<Direction> of(String word) {
        return Arrays.stream(values())
                .filter(direction -> direction.word().equals(word))
                .findFirst();
    }
}
