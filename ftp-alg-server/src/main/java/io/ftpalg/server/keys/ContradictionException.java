package io.ftpalg.server.keys;

/** Valid values contradict each other; carries where they are given. */
final class ContradictionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Given given;
    private final transient Entry[] at;

    ContradictionException(Given given, String message, Entry... at) {
        super(message, null, false, false);
        this.given = given;
        this.at = at.clone();
    }

    /** Reports it where the values are given. */
    void report() {
        given.problem(String.valueOf(getMessage()), at);
    }
}
