package io.ftpalg.server;

import io.ftpalg.server.config.ConfigEntry;
import io.ftpalg.server.config.ConfigEntry.Setting;
import io.ftpalg.server.config.ConfigEntry.Section;
import io.ftpalg.server.config.ConfigPlace;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of the config file as an option of the command line.
 *
 * @param name the option, such as --listen
 * @param key the key in its listener, such as tls.ca-cert
 * @param value its value, unless the option takes none
 * @param at where it stands in the file
 */
record ConfigOption(String name, String key, Optional<String> value, ConfigPlace at) {

    /** Returns it as one argument. */
    String argument() {
        return value.map(text -> name + '=' + text).orElse(name);
    }

    /** Tells whether a message speaks of this option. */
    static boolean names(String message, String option) {
        return Pattern.compile(Pattern.quote(option) + "(?![a-z-])").matcher(message).find();
    }

    /** Returns the message with keys in place of the options of a section and those below. */
    static String inKeys(String message, Section section) {
        return inKeys(message, section, "");
    }

    private static String inKeys(String message, Section section, String path) {
        String out = message;
        for (ConfigEntry entry : section.entries()) {
            Optional<String> option = entry instanceof Setting key ? key.option() : ((Section) entry).option();
            if (option.isPresent()) {
                out = out.replaceAll(Pattern.quote(option.get()) + "(?![a-z-])", path + entry.name());
            }
            if (entry instanceof Section below) {
                out = inKeys(out, below, path + below.name() + '.');
            }
        }
        return out;
    }
}
