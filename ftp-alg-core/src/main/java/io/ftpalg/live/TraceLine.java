package io.ftpalg.live;

import java.time.Instant;

/**
 * One line of a session's dialogue. Immutable.
 *
 * @param session the session's id
 * @param at when it was received or written
 * @param direction from whom to whom
 * @param text the line without its end, one char for one byte: a command with {@code ****} in place of a password, or one line of a
 *     reply. What a client sent that is no command is named in angle brackets, and not shown
 */
public record TraceLine(long session, Instant at, Direction direction, String text) {

    /** From whom to whom a line goes. */
    public enum Direction {
        /** A command of the client. */
        FROM_CLIENT,
        /** A reply to the client. */
        TO_CLIENT,
        /** A command to the server. */
        TO_SERVER,
        /** A reply of the server. */
        FROM_SERVER
    }
}
