package io.ftpalg.routing;

import java.util.Optional;
import java.util.stream.Stream;

/** Which of several servers, equally well, a session goes to first. */
public enum Balance {
    /** The first one named; servers of a service by the weights that DNS gives them (RFC 2782). */
    FIRST("first"),
    /** Each in turn. */
    ROUND_ROBIN("round-robin"),
    /** The one that has the fewest sessions of this gateway; each in turn among equals. */
    LEAST_SESSIONS("least-sessions"),
    /**
     * The one that belongs to the client's address (rendezvous hashing): the same each time, at each gateway, and when a
     * server comes or goes only the clients of that server move.
     */
    HASH("hash");

    private final String text;

    Balance(String text) {
        this.text = text;
    }

    /** Returns the balance as people write it, such as {@code round-robin}. */
    public String text() {
        return text;
    }

    /** Returns the balance that people write like this, or nothing. */
    public static Optional<Balance> parse(String text) {
        return Stream.of(values()).filter(one -> one.text.equals(text)).findFirst();
    }
}
