package io.ftpalg.server;

import io.ftpalg.server.config.ConfigTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a config file comes to.
 *
 * @param table what stands in it
 * @param listeners the settings of its listeners, at least one; transport, relay and drain are the same in all
 * @param verbose whether to log more
 * @param reload when it is read again
 */
record ConfigFile(ConfigTable table, List<Settings> listeners, boolean verbose, ReloadMode reload) {
    ConfigFile {
        listeners = List.copyOf(listeners);
    }

    /** Returns what it allows, but is seldom meant, and of several listeners which. Blocks. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        List<ConfigTable> tables = table.tables("listeners");
        for (int i = 0; i < listeners.size(); i++) {
            ConfigTable listener = tables.get(i);
            String which = listeners.size() == 1 ? "" : "listener in line " + listener.at().line() + ": ";
            Warnings.of(listeners.get(i)).forEach(warning ->
                    warnings.add(which + ConfigOption.inKeys(warning, listener.section())));
        }
        return warnings;
    }

    /** Returns why the sockets cannot be driven here as it says, or nothing if they can. */
    Optional<String> unable() {
        return Transports.unable(listeners).map(why -> ConfigOption.inKeys(why, table.section()));
    }
}
