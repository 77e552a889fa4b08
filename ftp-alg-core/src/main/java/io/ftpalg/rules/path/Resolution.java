package io.ftpalg.rules.path;

/** What a path in a command comes to. */
public sealed interface Resolution {

    /**
     * The path is known.
     *
     * @param sent the absolute path as it can be sent to the server, without {@code .}, {@code ..} and empty segments; one char for one
     *     byte
     * @param text the same as rules compare it: Unicode in NFC
     * @param resolved whether the client wrote {@code ..}, so that a symbolic link could make the server find another file than this
     */
    record Path(String sent, String text, boolean resolved) implements Resolution {
        /** Returns the last segment, as rules compare it. */
        public String name() {
            return text.substring(text.lastIndexOf('/') + 1);
        }
    }

    /**
     * A relative path, and the working directory is not known.
     *
     * @param argument the path that the client wrote
     */
    record NoDirectory(String argument) implements Resolution {}

    /**
     * No one path for certain: servers differ in what they make of it.
     *
     * @param reason why, for the log; repeats nothing that the client sent
     */
    record Unresolvable(String reason) implements Resolution {}
}
