package io.ftpalg.http;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of a list of a directory.
 *
 * @param name its name, without a slash; ISO-8859-1, one char for one byte
 * @param kind what it is
 * @param size its size, if the list has it
 * @param date when it was modified, as the list has it: a time of RFC 3659, else in whatever form and time zone the server has
 */
record ListEntry(String name, Kind kind, OptionalLong size, Optional<String> date) {
    /** What an entry is. */
    enum Kind {
        FILE("file"),
        DIRECTORY("directory"),
        LINK("link"),
        OTHER("other");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Returns whether the text can be the name of an entry that is shown. */
    static boolean isName(String text) {
        return !text.isEmpty() && !text.equals(".") && !text.equals("..") && text.indexOf('/') < 0;
    }
}
