package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the client set before there was a server, for every server of the session: OPTS UTF8 (RFC 2640) and
 * CLNT, the last one of each. Owned by the session.
 */
public final class PreLoginCommands {
    private static final int MAX_LENGTH = 512;

    private final Map<FtpVerb, FtpCommand> kept = new LinkedHashMap<>();

    /** Keeps the command, if it is one that means the same to every server. */
    public boolean keep(FtpCommand command) {
        boolean harmless =
                switch (command.verb()) {
                    case OPTS -> command.argument().strip().matches("(?i)UTF-?8( ON)?");
                    case CLNT -> command.argument().length() <= MAX_LENGTH;
                    default -> false;
                };
        if (harmless) {
            kept.put(command.verb(), command);
        }
        return harmless;
    }

    /** Returns the commands for a server. */
    public Collection<FtpCommand> commands() {
        return List.copyOf(kept.values());
    }

    public void forget() {
        kept.clear();
    }
}
