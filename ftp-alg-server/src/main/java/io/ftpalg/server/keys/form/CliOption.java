package io.ftpalg.server.keys.form;

/**
 * The option of the command line that sets the same as a key of the config file.
 *
 * @param group where {@code --help} shows it
 * @param name its name, such as {@code --listen}
 * @param label what to write for its value, such as {@code HOST:PORT}
 * @param help what {@code --help} prints
 */
public record CliOption(Group group, String name, String label, String help) {

    /** A group of options in {@code --help}. */
    public enum Group {
        /** Shown first, without a heading. */
        MAIN(""),
        ROUTING("Where sessions go"),
        DATA("Data connections"),
        CLIENT_TLS("TLS with clients"),
        SERVER_TLS("TLS with servers"),
        RUNNING("Running");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        /** Returns the heading, or empty text. */
        public String heading() {
            return heading;
        }
    }
}
