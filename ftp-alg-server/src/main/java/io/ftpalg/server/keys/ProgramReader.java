package io.ftpalg.server.keys;

import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import java.util.ArrayList;
import java.util.List;

/** Makes {@link ProgramSettings} of what the command line or a config file gives; the one place where that happens. Stateless. */
public final class ProgramReader {

    private ProgramReader() {}

    /** Returns the settings; a listener that has a problem, which was reported, is missing. */
    public static ProgramSettings read(Given program) {
        List<ListenerSettings> listeners = new ArrayList<>();
        for (Given listener : program.sections(ProgramKeys.LISTENERS)) {
            ListenerReader.read(listener).ifPresent(listeners::add);
        }
        return new ProgramSettings(
                listeners,
                program.get(ProgramKeys.TRANSPORT),
                program.get(ProgramKeys.RELAY),
                program.get(ProgramKeys.DRAIN_TIMEOUT),
                program.all(ProgramKeys.NAME_SERVERS),
                program.get(ProgramKeys.VERBOSE),
                program.get(ProgramKeys.RELOAD));
    }
}
