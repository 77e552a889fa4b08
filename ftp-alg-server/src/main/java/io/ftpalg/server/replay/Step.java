package io.ftpalg.server.replay;

import java.util.List;
import java.util.Locale;

/** One thing that a side of the dialogue does. Immutable. */
sealed interface Step {

    /**
     * A command.
     *
     * @param text its line
     * @param code the code of its final reply in the trace, 0 if there is none
     */
    record Command(String text, int code) implements Step {

        /** Returns its verb, in upper case. */
        String verb() {
            return verb(text);
        }

        static String verb(String line) {
            int end = line.indexOf(' ');
            return (end < 0 ? line : line.substring(0, end)).toUpperCase(Locale.ROOT);
        }

        /** Returns what is behind the verb. */
        String argument() {
            int end = text.indexOf(' ');
            return end < 0 ? "" : text.substring(end + 1);
        }

        /** Returns whether it was accepted in the end (RFC 959 section 4.2: 2yz). */
        boolean isAccepted() {
            return code / 100 == 2;
        }
    }

    /**
     * A whole reply.
     *
     * @param lines its lines, at least one
     */
    record Reply(List<String> lines) implements Step {
        public Reply {
            lines = List.copyOf(lines);
        }

        /** Returns its code, 0 if it has none. */
        int code() {
            return code(lines.get(0));
        }

        /** Returns whether another reply to the same command follows (RFC 959 section 4.2: 1yz). */
        boolean isPreliminary() {
            return code() / 100 == 1;
        }

        /** Returns whether its last line is there. */
        boolean isWhole() {
            return lines.size() == 1 ? !isFirstOfMany(lines.get(0)) : isLast(lines.get(lines.size() - 1));
        }

        private boolean isLast(String line) {
            return line.length() >= 3
                    && code(line) == code()
                    && code() > 0
                    && (line.length() == 3 || line.charAt(3) == ' ');
        }

        private static boolean isFirstOfMany(String line) {
            return line.length() > 3 && line.charAt(3) == '-' && code(line) > 0;
        }

        private static int code(String line) {
            return line.matches("(?s)[1-6][0-9]{2}([ -].*)?") ? Integer.parseInt(line.substring(0, 3)) : 0;
        }
    }
}
