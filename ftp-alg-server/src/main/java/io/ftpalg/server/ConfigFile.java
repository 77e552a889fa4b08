package io.ftpalg.server;

import io.ftpalg.server.config.ConfigTable;
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

    /** Returns why the sockets cannot be driven here as it says, or nothing if they can. */
    Optional<String> unable() {
        return Transports.unable(listeners).map(why -> ConfigOption.inKeys(why, table.section()));
    }
}
