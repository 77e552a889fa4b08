package io.ftpalg.server.json;

/** A text is no JSON; the message has the place. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int at;

    JsonException(int at, String message) {
        super(message);
        this.at = at;
    }

    /** Returns the place in the text, from 0. */
    public int at() {
        return at;
    }
}
